import { bearer, expect, refusal, someone, test } from "./fixtures";

test("made, changed, verified and revoked", async ({ clerk }) => {
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
  const request = bearer(made.secret!);
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
