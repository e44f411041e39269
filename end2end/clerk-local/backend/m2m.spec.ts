/** Tokens between machines. */

import { bearer, expect, refusal, test } from "./fixtures";

test("machines call one another with opaque tokens", async ({ clerk }) => {
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

  const request = bearer(made.token!);
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

test("machines call one another with JWTs", async ({ clerk }) => {
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
  const request = bearer(made.token!);
  const state = await clerk.authenticateRequest(request, { acceptsToken: "m2m_token" });
  expect(state.isAuthenticated).toBe(true);
  const asSession = await clerk.authenticateRequest(request);
  expect([asSession.isAuthenticated, asSession.reason]).toEqual([false, "token-type-mismatch"]);
});
