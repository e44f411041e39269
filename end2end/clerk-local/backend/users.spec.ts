import { randomUUID } from "node:crypto";

import { totp } from "../support/authenticator_app";
import { email, expect, mark, password, picture, pixel, refusal, someone, test } from "./fixtures";

test("created with every field, read, changed and deleted", async ({ clerk }) => {
  const address = email();
  const externalId = randomUUID();
  const totpSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const made = await clerk.users.createUser({
    emailAddress: [address, email("second")],
    emailAddressIdentificationStatus: ["verified", "verified"],
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
    skipPasswordChecks: false,
    skipPasswordRequirement: false,
    totpSecret,
    backupCodes: ["first-code", "second-code"],
    banned: false,
    locked: false,
  });
  expect(made.primaryEmailAddress?.emailAddress).toBe(address);
  expect(made.primaryEmailAddress?.verification?.status).toBe("verified");
  expect(made.emailAddresses).toHaveLength(2);
  expect(made.createdAt).toBe(Date.parse("2020-02-03T04:05:06.789Z"));
  expect(made.legalAcceptedAt).toBe(Date.parse("2021-02-03T04:05:06Z"));
  expect([made.externalId, made.locale]).toEqual([externalId, "de-DE"]);
  expect(made.publicMetadata).toEqual({ plan: "pro" });
  expect(made.privateMetadata).toEqual({ note: "n" });
  expect(made.unsafeMetadata).toEqual({ theme: "dark" });
  expect([made.totpEnabled, made.backupCodeEnabled, made.twoFactorEnabled]).toEqual([
    true,
    true,
    true,
  ]);
  const code = totp(totpSecret);
  expect((await clerk.users.verifyTOTP({ userId: made.id, code })).code_type).toBe("totp");

  const read = await clerk.users.getUser(made.id);
  expect(read.raw).toEqual(made.raw);

  const second = made.emailAddresses[1]!.id;
  const changed = await clerk.users.updateUser(made.id, {
    firstName: "Anna",
    locale: "fr-FR",
    externalId: `${externalId}-2`,
    primaryEmailAddressID: second,
    deleteSelfEnabled: false,
    createOrganizationEnabled: false,
    createOrganizationsLimit: 2,
    createdAt: new Date("2019-02-03T04:05:06Z"),
    legalAcceptedAt: new Date("2022-02-03T04:05:06Z"),
    publicMetadata: { seats: 3 },
  });
  expect([changed.firstName, changed.lastName, changed.locale]).toEqual(["Anna", "Tester", "fr-FR"]);
  expect(changed.externalId).toBe(`${externalId}-2`);
  expect(changed.primaryEmailAddressId).toBe(second);
  expect([changed.deleteSelfEnabled, changed.createOrganizationEnabled]).toEqual([false, false]);
  expect(changed.createOrganizationsLimit).toBe(2);
  expect(changed.createdAt).toBe(Date.parse("2019-02-03T04:05:06Z"));
  expect(changed.publicMetadata).toEqual({ seats: 3 });

  const deleted: any = await clerk.users.deleteUser(made.id);
  expect([deleted.id, deleted.deleted]).toEqual([made.id, true]);
  expect(await refusal(clerk.users.getUser(made.id))).toMatchObject({
    status: 404,
    code: "resource_not_found",
  });
});

test("listed with filters, orders and pages, and counted", async ({ clerk }) => {
  const word = mark();
  const people = [];
  for (const name of ["Ann", "Bob", "Cem"]) {
    people.push(
      await clerk.users.createUser({
        emailAddress: [`${name.toLowerCase()}.${word}@example.com`],
        firstName: name,
        lastName: word,
        externalId: `${name}-${word}`,
      }),
    );
  }
  const bobs = { name: word, createdBy: people[1]!.id };
  const organization = await clerk.organizations.createOrganization(bobs);
  const names = async (params: any) => {
    const { data, totalCount } = await clerk.users.getUserList({ query: word, ...params });
    if (!params.limit) expect(totalCount).toBe(data.length);
    return data.map((user) => user.firstName);
  };
  expect(await names({ orderBy: "+first_name" })).toEqual(["Ann", "Bob", "Cem"]);
  expect(await names({ orderBy: "-first_name" })).toEqual(["Cem", "Bob", "Ann"]);
  expect(await names({ orderBy: "-email_address" })).toEqual(["Cem", "Bob", "Ann"]);
  expect(await names({ orderBy: "+first_name", limit: 1, offset: 1 })).toEqual(["Bob"]);
  expect(await names({ userId: [people[0]!.id] })).toEqual(["Ann"]);
  expect(await names({ organizationId: [organization.id] })).toEqual(["Bob"]);
  expect(await names({ emailAddress: [`bob.${word}@example.com`] })).toEqual(["Bob"]);
  expect(await names({ externalId: [`Cem-${word}`] })).toEqual(["Cem"]);
  expect(await names({ username: ["nobody"] })).toEqual([]);
  expect(await names({ createdAtAfter: Date.now() + 60_000 })).toEqual([]);
  expect(await names({ createdAtBefore: Date.now() + 60_000 })).toHaveLength(3);
  expect(await names({ lastSignInAtAfter: 1 })).toEqual([]);
  expect(await clerk.users.getCount({ query: word })).toBe(3);
  const { data, totalCount } = await clerk.users.getUserList({ query: word, limit: 2 });
  expect([data.length, totalCount]).toEqual([2, 3]);
});

test("metadata is merged or replaced", async ({ clerk }) => {
  const { id } = await someone(clerk);
  await clerk.users.updateUserMetadata(id, { publicMetadata: { a: { b: 1, c: 2 } } });
  const merged = await clerk.users.updateUserMetadata(id, {
    publicMetadata: { a: { b: null, d: 3 } },
    privateMetadata: { x: 1 },
    unsafeMetadata: { y: 2 },
  });
  expect(merged.publicMetadata).toEqual({ a: { c: 2, d: 3 } });
  const replaced = await clerk.users.replaceUserMetadata(id, { publicMetadata: { z: 1 } });
  expect(replaced.publicMetadata).toEqual({ z: 1 });
  expect(replaced.privateMetadata).toEqual({ x: 1 });
  expect(replaced.unsafeMetadata).toEqual({ y: 2 });
});

test("a profile image is uploaded, served and removed", async ({ clerk }) => {
  const user = await someone(clerk);
  const pictured = await clerk.users.updateUserProfileImage(user.id, { file: picture });
  expect(pictured.hasImage).toBe(true);
  const served = await fetch(pictured.imageUrl);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(pixel);
  const without = await clerk.users.deleteUserProfileImage(user.id);
  expect(without.hasImage).toBe(false);
  expect((await fetch(pictured.imageUrl)).status).toBe(404);
  expect((await fetch(without.imageUrl)).status).toBe(200);
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
    [{ emailAddress: [email()], totpSecret: "0189" }, "form_param_value_invalid", "totp_secret"],
  ] as const) {
    const call = clerk.users.createUser(params as any);
    expect(await refusal(call)).toEqual({ status: 422, code, field });
  }
});
