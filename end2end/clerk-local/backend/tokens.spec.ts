/** Sign-in tokens, testing tokens, and the key set that tokens are verified with. */

import { open } from "../fixtures";
import { clerkJs } from "../support/clerk_js";
import { acme, expect, refusal, someone, test } from "./fixtures";

/** What clerk-js makes of a ticket: the status, or the error's code. */
const useTicket = (Clerk: any, ticket: string) =>
  Clerk.client.signIn.create({ strategy: "ticket", ticket }).then(
    (attempt: any) => attempt.status,
    (error: any) => error.errors[0].code,
  );

test("a sign-in token signs its person in once, into the organization it names", async ({
  clerk,
  page,
  instance,
}) => {
  const { ann, organizationId } = await acme(clerk);
  const made = await clerk.signInTokens.createSignInToken({
    userId: ann.id,
    orgId: organizationId,
    expiresInSeconds: 60,
  });
  expect([made.userId, made.status]).toEqual([ann.id, "pending"]);
  expect(made.url).toContain(made.token);
  await open(page);
  expect(await clerkJs(page, useTicket, made.token)).toBe("complete");
  const [session] = await instance.backend("GET", `/sessions?user_id=${ann.id}`);
  expect(session.last_active_organization_id).toBe(organizationId);

  await page.context().clearCookies();
  await open(page);
  expect(await clerkJs(page, useTicket, made.token)).toBe("sign_in_token_already_used_code");
  const late = clerk.signInTokens.revokeSignInToken(made.id);
  expect((await refusal(late)).code).toBe("sign_in_token_cannot_be_revoked_code");
});

test("a sign-in token is taken back", async ({ clerk, page }) => {
  const user = await someone(clerk);
  const params = { userId: user.id, expiresInSeconds: 60 };
  const made = await clerk.signInTokens.createSignInToken(params);
  expect((await clerk.signInTokens.revokeSignInToken(made.id)).status).toBe("revoked");
  await open(page);
  expect(await clerkJs(page, useTicket, made.token)).toBe("sign_in_token_revoked_code");
  const nobodys = clerk.signInTokens.createSignInToken({ ...params, userId: "user_none" });
  expect(await refusal(nobodys)).toMatchObject({ status: 404, code: "resource_not_found" });
  const foreign = clerk.signInTokens.createSignInToken({
    ...params,
    orgId: (await acme(clerk)).organizationId,
  });
  expect(await refusal(foreign)).toMatchObject({ status: 404 });
});

test("testing tokens go along with requests of tests", async ({ clerk, instance }) => {
  // Clerk's client hands this answer on as it came.
  const made: any = await clerk.testingTokens.createTestingToken();
  expect(made.expires_at).toBeGreaterThan(Date.now() / 1000);
  const query = `__clerk_testing_token=${made.token}`;
  const answer = await fetch(`${instance.keys.proxy_url}/v1/environment?${query}`);
  expect(answer.status).toBe(200);
});

test("the key set", async ({ clerk }) => {
  const { keys } = (await clerk.jwks.getJwks()) as any;
  expect(keys[0]).toMatchObject({ alg: "RS256", kty: "RSA", use: "sig" });
});
