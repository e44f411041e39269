/**
 * The backend API, driven by Clerk's own client for Node as published. Playwright only runs these
 * tests; none of them opens a page.
 */

import { randomUUID } from "node:crypto";

import { type ClerkClient, createClerkClient, verifyToken } from "@clerk/backend";

import { expect, test as base, type Instance } from "./fixtures";

const test = base.extend<{}, { clerk: ClerkClient }>({
  clerk: [
    async ({ instance }, use) => {
      await use(client(instance));
    },
    { scope: "worker" },
  ],
});

function client(instance: Instance): ClerkClient {
  return createClerkClient({
    secretKey: instance.keys.secret_key,
    publishableKey: instance.keys.publishable_key,
    apiUrl: instance.keys.api_url,
  });
}

const password = "correct horse battery";

function email(name = "ann"): string {
  return `${name}-${randomUUID().slice(0, 8)}@example.com`;
}

/** A person with a verified address and a password. */
async function someone(clerk: ClerkClient, name = "Ann") {
  return clerk.users.createUser({
    emailAddress: [email(name.toLowerCase())],
    password,
    firstName: name,
    lastName: "Tester",
  });
}

/** What a call is refused with. */
async function refusal(call: Promise<unknown>) {
  const error: any = await call.then(
    (answer) => `was answered: ${JSON.stringify(answer)}`,
    (error) => error,
  );
  expect(error?.clerkTraceId, String(error)).toBeTruthy();
  const { code, meta } = error.errors[0];
  return { status: error.status, code, field: meta?.paramName ?? null };
}

test.describe("users", () => {
  test("are created with every field, read, changed and deleted", async ({ clerk }) => {
    const address = email();
    const externalId = randomUUID();
    const made = await clerk.users.createUser({
      emailAddress: [address, email("second")],
      password,
      firstName: "Ann",
      lastName: "Tester",
      locale: "de-DE",
      externalId,
      publicMetadata: { plan: "pro" },
      privateMetadata: { note: "n" },
      unsafeMetadata: { theme: "dark" },
      createdAt: new Date("2020-02-03T04:05:06.789Z"),
      legalAcceptedAt: new Date("2021-02-03T04:05:06Z"),
      skipLegalChecks: true,
    });
    expect(made.primaryEmailAddress?.emailAddress).toBe(address);
    expect(made.primaryEmailAddress?.verification?.status).toBe("verified");
    expect(made.emailAddresses).toHaveLength(2);
    expect(made.createdAt).toBe(Date.parse("2020-02-03T04:05:06.789Z"));
    expect(made.legalAcceptedAt).toBe(Date.parse("2021-02-03T04:05:06Z"));
    expect([made.externalId, made.locale]).toEqual([externalId, "de-DE"]);
    expect(made.publicMetadata).toEqual({ plan: "pro" });
    expect(made.privateMetadata).toEqual({ note: "n" });

    const read = await clerk.users.getUser(made.id);
    expect(read.raw).toEqual(made.raw);

    const second = made.emailAddresses[1]!.id;
    const changed = await clerk.users.updateUser(made.id, {
      firstName: "Anna",
      primaryEmailAddressID: second,
      deleteSelfEnabled: false,
      createOrganizationEnabled: false,
      createOrganizationsLimit: 2,
      publicMetadata: { seats: 3 },
    });
    expect([changed.firstName, changed.lastName]).toEqual(["Anna", "Tester"]);
    expect(changed.primaryEmailAddressId).toBe(second);
    expect(changed.deleteSelfEnabled).toBe(false);
    expect(changed.createOrganizationsLimit).toBe(2);
    expect(changed.publicMetadata).toEqual({ seats: 3 });

    const deleted: any = await clerk.users.deleteUser(made.id);
    expect([deleted.id, deleted.deleted]).toEqual([made.id, true]);
    expect(await refusal(clerk.users.getUser(made.id))).toMatchObject({
      status: 404,
      code: "resource_not_found",
    });
  });

  test("are listed with filters, orders and pages, and counted", async ({ clerk }) => {
    const mark = `m${randomUUID().slice(0, 8)}`;
    const people = [];
    for (const name of ["Ann", "Bob", "Cem"]) {
      people.push(
        await clerk.users.createUser({
          emailAddress: [`${name.toLowerCase()}.${mark}@example.com`],
          firstName: name,
          lastName: mark,
          externalId: `${name}-${mark}`,
        }),
      );
    }
    const names = async (params: any) => {
      const { data, totalCount } = await clerk.users.getUserList({ query: mark, ...params });
      if (!params.limit) expect(totalCount).toBe(data.length);
      return data.map((user) => user.firstName);
    };
    expect(await names({ orderBy: "+first_name" })).toEqual(["Ann", "Bob", "Cem"]);
    expect(await names({ orderBy: "-first_name" })).toEqual(["Cem", "Bob", "Ann"]);
    expect(await names({ orderBy: "-email_address" })).toEqual(["Cem", "Bob", "Ann"]);
    expect(await names({ orderBy: "+first_name", limit: 1, offset: 1 })).toEqual(["Bob"]);
    expect(await names({ userId: [people[0]!.id] })).toEqual(["Ann"]);
    expect(await names({ emailAddress: [`bob.${mark}@example.com`] })).toEqual(["Bob"]);
    expect(await names({ externalId: [`Cem-${mark}`] })).toEqual(["Cem"]);
    expect(await names({ username: ["nobody"] })).toEqual([]);
    expect(await names({ createdAtAfter: Date.now() + 60_000 })).toEqual([]);
    expect(await names({ createdAtBefore: Date.now() + 60_000 })).toHaveLength(3);
    expect(await clerk.users.getCount({ query: mark })).toBe(3);
    const { data } = await clerk.users.getUserList({ query: mark, limit: 2 });
    expect(data).toHaveLength(2);
  });

  test("metadata is merged or replaced", async ({ clerk }) => {
    const { id } = await someone(clerk);
    await clerk.users.updateUserMetadata(id, { publicMetadata: { a: { b: 1, c: 2 } } });
    const merged = await clerk.users.updateUserMetadata(id, {
      publicMetadata: { a: { b: null, d: 3 } },
      privateMetadata: { x: 1 },
    });
    expect(merged.publicMetadata).toEqual({ a: { c: 2, d: 3 } });
    const replaced = await clerk.users.replaceUserMetadata(id, { publicMetadata: { z: 1 } });
    expect(replaced.publicMetadata).toEqual({ z: 1 });
    expect(replaced.privateMetadata).toEqual({ x: 1 });
  });

  test("are banned and their passwords verified and removed", async ({ clerk }) => {
    const { id } = await someone(clerk);
    const session = await clerk.sessions.createSession({ userId: id });
    expect((await clerk.users.banUser(id)).banned).toBe(true);
    expect((await clerk.sessions.getSession(session.id)).status).toBe("revoked");
    expect(await refusal(clerk.sessions.createSession({ userId: id }))).toMatchObject({
      status: 403,
      code: "user_banned",
    });
    expect((await clerk.users.unbanUser(id)).banned).toBe(false);

    expect(await clerk.users.verifyPassword({ userId: id, password })).toEqual({ verified: true });
    const wrong = clerk.users.verifyPassword({ userId: id, password: "something else" });
    expect(await refusal(wrong)).toEqual({
      status: 422,
      code: "form_password_incorrect",
      field: "password",
    });
    expect((await clerk.users.setPasswordCompromised(id)).passwordEnabled).toBe(true);
    await clerk.users.unsetPasswordCompromised(id);
    expect((await clerk.users.removePassword(id)).passwordEnabled).toBe(false);
  });

  test("have pictures, addresses and memberships", async ({ clerk }) => {
    const user = await someone(clerk);
    const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
    const file = new Blob([gif], { type: "image/gif" });
    const pictured = await clerk.users.updateUserProfileImage(user.id, { file });
    expect(pictured.hasImage).toBe(true);
    const served = await fetch(pictured.imageUrl);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(gif);
    expect((await clerk.users.deleteUserProfileImage(user.id)).hasImage).toBe(false);

    const params = { userId: user.id, emailAddress: email("more") };
    const added = await clerk.emailAddresses.createEmailAddress(params);
    expect(added.verification).toBeNull();
    const verified = await clerk.emailAddresses.updateEmailAddress(added.id, {
      verified: true,
      primary: true,
    });
    expect(verified.verification?.strategy).toBe("admin");
    expect((await clerk.emailAddresses.getEmailAddress(added.id)).id).toBe(added.id);
    expect((await clerk.users.getUser(user.id)).primaryEmailAddressId).toBe(added.id);
    expect((await clerk.emailAddresses.deleteEmailAddress(added.id)).deleted).toBe(true);
    const other = email("other");
    const replaced = await clerk.users.replaceUserEmailAddress(user.id, { emailAddress: other });
    expect(replaced.emailAddress).toBe(other);
    const { emailAddresses } = await clerk.users.getUser(user.id);
    expect(emailAddresses.map((one) => one.id)).toEqual([replaced.id]);

    const organization = await clerk.organizations.createOrganization({
      name: "Of Ann",
      createdBy: user.id,
    });
    const { data, totalCount } = await clerk.users.getOrganizationMembershipList({
      userId: user.id,
    });
    expect(totalCount).toBe(1);
    expect(data[0]?.organization.id).toBe(organization.id);
    expect(data[0]?.role).toBe("org:admin");
  });

  test("bad ones are refused with Clerk's codes and the field", async ({ clerk }) => {
    const taken = await someone(clerk);
    const address = taken.emailAddresses[0]!.emailAddress.toUpperCase();
    for (const [params, code, field] of [
      [{ emailAddress: [address] }, "form_identifier_exists", "email_address"],
      [{ emailAddress: ["none"] }, "form_param_format_invalid", "email_address"],
      [{ emailAddress: [email()], password: "short" }, "form_password_length_too_short", "password"],
      [{ emailAddress: [email()], username: "ann" }, "form_param_unknown", "username"],
      [{ emailAddress: [email()], phoneNumber: ["+4930"] }, "form_param_unknown", "phone_number"],
    ] as const) {
      const call = clerk.users.createUser(params as any);
      expect(await refusal(call)).toEqual({ status: 422, code, field });
    }
  });
});

test.describe("organizations", () => {
  test("are created, changed and deleted, with their members", async ({ clerk }) => {
    const [ann, bob] = [await someone(clerk), await someone(clerk, "Bob")];
    const made = await clerk.organizations.createOrganization({
      name: "Acme",
      createdBy: ann.id,
      maxAllowedMemberships: 3,
      publicMetadata: { a: 1 },
      privateMetadata: { b: 2 },
    });
    const organizationId = made.id;
    expect(made.maxAllowedMemberships).toBe(3);
    const bySlug = await clerk.organizations.getOrganization({ slug: made.slug });
    expect(bySlug.id).toBe(organizationId);
    const renamed = await clerk.organizations.updateOrganization(organizationId, { name: "Ajax" });
    expect([renamed.name, renamed.slug]).toEqual(["Ajax", made.slug]);
    const found = await clerk.organizations.getOrganizationList({ query: made.slug });
    expect(found.data.map((one) => one.id)).toEqual([organizationId]);

    const joined = await clerk.organizations.createOrganizationMembership({
      organizationId,
      userId: bob.id,
      role: "org:member",
    });
    expect(joined.publicUserData?.userId).toBe(bob.id);
    const again = clerk.organizations.createOrganizationMembership({
      organizationId,
      userId: bob.id,
      role: "org:member",
    });
    expect(await refusal(again)).toMatchObject({
      status: 400,
      code: "already_a_member_in_organization",
    });
    const members = await clerk.organizations.getOrganizationMembershipList({
      organizationId,
      role: ["org:member"],
    });
    expect(members.totalCount).toBe(1);
    const promoted = await clerk.organizations.updateOrganizationMembership({
      organizationId,
      userId: bob.id,
      role: "org:admin",
    });
    expect(promoted.role).toBe("org:admin");
    await clerk.organizations.deleteOrganizationMembership({ organizationId, userId: ann.id });
    const last = clerk.organizations.deleteOrganizationMembership({
      organizationId,
      userId: bob.id,
    });
    expect(await refusal(last)).toMatchObject({ code: "organization_minimum_permissions_needed" });

    const deleted: any = await clerk.organizations.deleteOrganization(organizationId);
    expect(deleted.deleted).toBe(true);
    const gone = clerk.organizations.getOrganization({ organizationId });
    expect(await refusal(gone)).toMatchObject({ status: 404, code: "resource_not_found" });
  });

  test("roles are listed", async ({ clerk }) => {
    const { data } = await clerk.organizationRoles.getOrganizationRoleList();
    expect(data.map((role) => role.key)).toEqual(expect.arrayContaining(["org:admin", "org:member"]));
    expect(data.find((role) => role.key === "org:admin")?.isCreatorEligible).toBe(true);
  });
});

test.describe("sessions", () => {
  test("are made, listed, verified and revoked, and their tokens prove who asks", async ({
    clerk,
    instance,
  }) => {
    const user = await someone(clerk);
    const organization = await clerk.organizations.createOrganization({
      name: "Acme",
      createdBy: user.id,
    });
    const session = await clerk.sessions.createSession({
      userId: user.id,
      ...({ activeOrganizationId: organization.id } as {}),
    });
    const listed = await clerk.sessions.getSessionList({ userId: user.id, status: "active" });
    expect(listed.data.map((one) => one.id)).toEqual([session.id]);
    expect(listed.totalCount).toBe(1);

    const { jwt } = await clerk.sessions.getToken(session.id);
    for (const key of [
      { jwtKey: instance.keys.jwt_key },
      { secretKey: instance.keys.secret_key, apiUrl: instance.keys.api_url },
    ]) {
      const claims = await verifyToken(jwt, key);
      expect([claims.sub, claims.sid]).toEqual([user.id, session.id]);
    }
    const request = new Request("http://localhost/api", {
      headers: { authorization: `Bearer ${jwt}` },
    });
    const state = await clerk.authenticateRequest(request);
    const auth = state.toAuth();
    expect(state.isAuthenticated).toBe(true);
    expect(auth).toMatchObject({ userId: user.id, orgId: organization.id, orgRole: "org:admin" });

    const long = await clerk.sessions.getToken(session.id, undefined, 600);
    const claims = await verifyToken(long.jwt, { jwtKey: instance.keys.jwt_key });
    expect(claims.exp - claims.iat).toBe(600);
    expect((await clerk.sessions.verifySession(session.id, jwt)).id).toBe(session.id);

    expect((await clerk.sessions.revokeSession(session.id)).status).toBe("revoked");
    expect(await refusal(clerk.sessions.getToken(session.id))).toMatchObject({ status: 401 });
  });

  test("a browser without cookies is sent on a handshake, and comes back signed out", async ({
    clerk,
    instance,
  }) => {
    const page = new Request(`${instance.url}/app`, {
      headers: { accept: "text/html", "sec-fetch-dest": "document" },
    });
    const options = { proxyUrl: instance.keys.proxy_url };
    const first = await clerk.authenticateRequest(page, options);
    expect(first.status).toBe("handshake");
    const handshake = first.headers.get("location")!;
    const answer = await fetch(handshake, { redirect: "manual" });
    expect(answer.status).toBe(307);
    const back = new Request(answer.headers.get("location")!, { headers: page.headers });
    const second = await clerk.authenticateRequest(back, options);
    // In development the nonce's cookies are set and its parameter is taken off the address.
    expect(second.headers.get("location")).not.toContain("__clerk_handshake");
    const cookies = second.headers.getSetCookie();
    const pairs = cookies
      .map((line) => line.split(";")[0]!)
      .filter((pair) => !pair.endsWith("="))
      .join("; ");
    const third = await clerk.authenticateRequest(
      new Request(page.url, {
        headers: { accept: "text/html", "sec-fetch-dest": "document", cookie: pairs },
      }),
      options,
    );
    expect([third.status, third.reason]).toEqual(["signed-out", "session-token-and-uat-missing"]);
  });

  test("no stranger's refresh token renews a session", async ({ clerk, instance }) => {
    const user = await someone(clerk);
    const session = await clerk.sessions.createSession({ userId: user.id });
    const { jwt } = await clerk.sessions.getToken(session.id);
    const refused = clerk.sessions.refreshSession(session.id, {
      expired_token: jwt,
      refresh_token: "rt_unknown",
      request_origin: instance.url,
    } as any);
    expect(await refusal(refused)).toMatchObject({ status: 401, code: "authentication_invalid" });
  });
});

test("clients are read, listed and known by their token", async ({ clerk, instance }) => {
  const user = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const browser = await clerk.clients.getClient(session.clientId);
  expect(browser.sessionIds).toEqual([session.id]);
  expect(browser.sessions[0]?.userId).toBe(user.id);
  const { data, totalCount } = await clerk.clients.getClientList();
  expect(data.map((one) => one.id)).toContain(session.clientId);
  expect(totalCount).toBeGreaterThan(0);
  const made = await fetch(`${instance.keys.proxy_url}/v1/dev_browser`, { method: "POST" });
  const { id } = (await made.json()) as { id: string };
  expect((await clerk.clients.verifyClient(id)).id).toMatch(/^client_/);
  expect(await refusal(clerk.clients.verifyClient("dvb_unknown"))).toMatchObject({ status: 404 });
});

test("testing tokens and the key set", async ({ clerk }) => {
  // Clerk's client hands this answer on as it came.
  const token: any = await clerk.testingTokens.createTestingToken();
  expect(token.expires_at).toBeGreaterThan(Date.now() / 1000);
  const { keys } = (await clerk.jwks.getJwks()) as any;
  expect(keys[0]).toMatchObject({ alg: "RS256", kty: "RSA", use: "sig" });
});

test.describe("token templates", () => {
  test("are made, changed, used and deleted", async ({ clerk, instance }) => {
    const name = `t${randomUUID().slice(0, 8)}`;
    const made = await clerk.jwtTemplates.create({
      name,
      claims: { who: "{{user.id}}", fixed: 1 },
      lifetime: 300,
    } as any);
    expect(made.name).toBe(name);
    const user = await someone(clerk);
    const session = await clerk.sessions.createSession({ userId: user.id });
    const { jwt } = await clerk.sessions.getToken(session.id, name);
    const claims: any = JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString());
    expect(claims).toMatchObject({ who: user.id, fixed: 1, sub: user.id });
    expect(claims.exp - claims.iat).toBe(300);
    // Clerk's client takes no template's token for a session.
    const request = new Request("http://localhost/", { headers: { authorization: `Bearer ${jwt}` } });
    const state = await clerk.authenticateRequest(request, { jwtKey: instance.keys.jwt_key });
    expect(state.isAuthenticated).toBe(false);
    const { data } = await clerk.jwtTemplates.list();
    expect(data.map((one) => one.id)).toContain(made.id);
    await clerk.jwtTemplates.update({ templateId: made.id, name, lifetime: 60, claims: {} } as any);
    expect((await clerk.jwtTemplates.get(made.id)).lifetime).toBe(60);
    expect((await clerk.jwtTemplates.delete(made.id)).deleted).toBe(true);
  });
});

test.describe("machines", () => {
  test("are made, changed, given scopes and new keys, and deleted", async ({ clerk }) => {
    const api = await clerk.machines.create({ name: "api" });
    const jobs = await clerk.machines.create({
      name: "jobs",
      scopedMachines: [api.id],
      defaultTokenTtl: 120,
    });
    expect(jobs.scopedMachines.map((one) => one.id)).toEqual([api.id]);
    expect(jobs.defaultTokenTtl).toBe(120);
    const { secret } = await clerk.machines.getSecretKey(jobs.id);
    expect(secret).toBe(jobs.secretKey);
    const rotated = await clerk.machines.rotateSecretKey({ machineId: jobs.id, previousTokenTtl: 0 });
    expect(rotated.secret).not.toBe(secret);
    const renamed = await clerk.machines.update({ machineId: jobs.id, name: "workers" });
    expect(renamed.name).toBe("workers");
    const removed = await clerk.machines.deleteScope(jobs.id, api.id);
    expect(removed.deleted).toBe(true);
    const scope = await clerk.machines.createScope(jobs.id, api.id);
    expect([scope.fromMachineId, scope.toMachineId]).toEqual([jobs.id, api.id]);
    const listed = await clerk.machines.list({ query: "workers" });
    expect(listed.data.map((one) => one.id)).toEqual([jobs.id]);
    expect((await clerk.machines.get(jobs.id)).name).toBe("workers");
    await clerk.machines.delete(jobs.id);
    expect(await refusal(clerk.machines.get(jobs.id))).toMatchObject({ status: 404 });
  });

  test("call one another with opaque tokens", async ({ clerk }) => {
    const api = await clerk.machines.create({ name: "api" });
    const jobs = await clerk.machines.create({ name: "jobs", scopedMachines: [api.id] });
    const made = await clerk.m2m.createToken({
      machineSecretKey: jobs.secretKey,
      claims: { tenant: 7 },
      secondsUntilExpiration: 60,
    });
    expect(made.token).toMatch(/^mt_/);
    const seen = await clerk.m2m.verify({ token: made.token!, machineSecretKey: api.secretKey });
    expect([seen.subject, seen.scopes, seen.claims]).toEqual([jobs.id, [api.id], { tenant: 7 }]);

    const request = new Request("http://localhost/", {
      headers: { authorization: `Bearer ${made.token}` },
    });
    const state = await clerk.authenticateRequest(request, {
      acceptsToken: "m2m_token",
      machineSecretKey: api.secretKey,
    });
    expect(state.isAuthenticated).toBe(true);
    expect(state.toAuth()).toMatchObject({ tokenType: "m2m_token", machineId: jobs.id });

    const listed = await clerk.m2m.list({ subject: jobs.id });
    expect(listed.data.map((one) => one.id)).toEqual([made.id]);
    const revoked = await clerk.m2m.revokeToken({ m2mTokenId: made.id, revocationReason: "lost" });
    expect([revoked.revoked, revoked.revocationReason]).toEqual([true, "lost"]);
    const dead = clerk.m2m.verify({ token: made.token!, machineSecretKey: api.secretKey });
    expect(await refusal(dead)).toMatchObject({ status: 404 });
    const again = await clerk.authenticateRequest(request, {
      acceptsToken: "m2m_token",
      machineSecretKey: api.secretKey,
    });
    expect([again.isAuthenticated, again.reason]).toEqual([false, "token-invalid"]);
  });

  test("call one another with JWTs", async ({ clerk }) => {
    const api = await clerk.machines.create({ name: "api" });
    const jobs = await clerk.machines.create({ name: "jobs", scopedMachines: [api.id] });
    const made = await clerk.m2m.createToken({
      machineSecretKey: jobs.secretKey,
      tokenFormat: "jwt",
      claims: { tenant: 7 },
    });
    const seen = await clerk.m2m.verify({ token: made.token! });
    expect([seen.id, seen.subject, seen.scopes]).toEqual([made.id, jobs.id, [api.id]]);
    expect(seen.claims).toMatchObject({ tenant: 7 });
    const request = new Request("http://localhost/", {
      headers: { authorization: `Bearer ${made.token}` },
    });
    const state = await clerk.authenticateRequest(request, { acceptsToken: "m2m_token" });
    expect(state.isAuthenticated).toBe(true);
    const asSession = await clerk.authenticateRequest(request);
    expect([asSession.isAuthenticated, asSession.reason]).toEqual([false, "token-type-mismatch"]);
  });
});

test("API keys are made, changed, verified and revoked", async ({ clerk }) => {
  const user = await someone(clerk);
  const made = await clerk.apiKeys.create({
    name: "CI",
    subject: user.id,
    description: "for tests",
    claims: { a: 1 },
    scopes: ["read", "write"],
    createdBy: user.id,
    secondsUntilExpiration: 3600,
  });
  expect(made.secret).toMatch(/^ak_/);
  expect((await clerk.apiKeys.getSecret(made.id)).secret).toBe(made.secret);
  const seen = await clerk.apiKeys.verify(made.secret!);
  expect([seen.subject, seen.scopes, seen.claims]).toEqual([user.id, ["read", "write"], { a: 1 }]);
  const request = new Request("http://localhost/", {
    headers: { authorization: `Bearer ${made.secret}` },
  });
  const state = await clerk.authenticateRequest(request, { acceptsToken: "api_key" });
  expect(state.isAuthenticated).toBe(true);
  expect(state.toAuth()).toMatchObject({ tokenType: "api_key", userId: user.id, name: "CI" });

  const changed = await clerk.apiKeys.update({
    apiKeyId: made.id,
    subject: user.id,
    scopes: ["read"],
    description: null,
  } as any);
  expect([changed.scopes, changed.description]).toEqual([["read"], null]);
  const listed = await clerk.apiKeys.list({ subject: user.id });
  expect([listed.totalCount, listed.data[0]?.id]).toEqual([1, made.id]);
  const revoked = await clerk.apiKeys.revoke({ apiKeyId: made.id, revocationReason: "lost" });
  expect(revoked.revoked).toBe(true);
  expect(await refusal(clerk.apiKeys.verify(made.secret!))).toMatchObject({ status: 404 });
  expect((await clerk.apiKeys.list({ subject: user.id })).totalCount).toBe(0);
  expect((await clerk.apiKeys.list({ subject: user.id, includeInvalid: true })).totalCount).toBe(1);
  expect((await clerk.apiKeys.delete(made.id)).deleted).toBe(true);
  expect(await refusal(clerk.apiKeys.get(made.id))).toMatchObject({ status: 404 });
});

test("a wrong secret key opens nothing", async ({ instance }) => {
  const stranger = createClerkClient({
    secretKey: "sk_test_0123456789012345678901234567890123456789ab",
    publishableKey: instance.keys.publishable_key,
    apiUrl: instance.keys.api_url,
  });
  for (const call of [
    () => stranger.users.getUserList(),
    () => stranger.machines.list(),
    () => stranger.apiKeys.list({ subject: "user_1" }),
    () => stranger.m2m.list({ subject: "mch_1" }),
    () => stranger.jwks.getJwks(),
  ]) {
    expect(await refusal(call())).toMatchObject({ status: 401, code: "clerk_key_invalid" });
  }
});
