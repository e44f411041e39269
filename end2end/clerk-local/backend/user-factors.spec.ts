/** Second factors, passkeys and accounts at providers, which people make in their browsers. */

import { open, person, signInQuickly } from "../fixtures";
import { totp } from "../support/authenticator_app";
import { clerkJs } from "../support/clerk_js";
import { withAuthenticator } from "../support/passkeys";
import { take } from "../support/provider";
import { email, expect, password, refusal, test } from "./fixtures";

const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("factors given by the backend are asked for when the person signs in", async ({
  clerk,
  page,
}) => {
  const identifier = email();
  const user = await clerk.users.createUser({ emailAddress: [identifier], password });
  expect(user.twoFactorEnabled).toBe(false);
  const given = { totpSecret: secret, backupCodes: ["Kept-Code 1", "kept-code-2"] };
  const changed = await clerk.users.updateUser(user.id, given);
  expect([changed.totpEnabled, changed.backupCodeEnabled]).toEqual([true, true]);

  await open(page);
  const answers = await clerkJs(
    page,
    async (Clerk, { identifier, password, code }) => {
      const attempt = await Clerk.client.signIn.create({ identifier, password });
      const before = attempt.status;
      const done = await attempt.attemptSecondFactor({ strategy: "totp", code });
      return [before, done.status];
    },
    { identifier, password, code: totp(secret) },
  );
  expect(answers).toEqual(["needs_second_factor", "complete"]);

  const verify = (code: string) => clerk.users.verifyTOTP({ userId: user.id, code });
  expect(await verify("kept code 1")).toEqual({ verified: true, code_type: "backup_code" });
  const incorrect = { status: 422, code: "form_code_incorrect", field: "code" };
  expect(await refusal(verify("kept code 1"))).toEqual(incorrect);
});

test("an app, its backup codes and all factors are taken away", async ({ clerk }) => {
  const given = { password, totpSecret: secret, backupCodes: ["one-code"] };
  const make = async () => {
    const { id } = await clerk.users.createUser({ emailAddress: [email()], ...given });
    return id;
  };
  const flags = async (id: string) => {
    const user = await clerk.users.getUser(id);
    return [user.totpEnabled, user.backupCodeEnabled, user.twoFactorEnabled];
  };
  // These answers name the person in `user_id`; Clerk's client hands them on as they came.
  const id = await make();
  expect(await clerk.users.deleteUserBackupCodes(id)).toEqual({ user_id: id });
  expect(await flags(id)).toEqual([true, false, true]);
  expect(await clerk.users.deleteUserTOTP(id)).toEqual({ user_id: id });
  expect(await flags(id)).toEqual([false, false, false]);
  expect(await refusal(clerk.users.deleteUserTOTP(id))).toMatchObject({ status: 404 });

  const other = await make();
  expect(await clerk.users.disableUserMFA(other)).toEqual({ user_id: other });
  expect(await flags(other)).toEqual([false, false, false]);
});

test("a passkey made in the browser is deleted", async ({ clerk, page, instance }) => {
  const ann = await person(instance);
  await withAuthenticator(page);
  await signInQuickly(page, ann);
  const passkey = await clerkJs(page, async (Clerk) => (await Clerk.user.createPasskey()).id);
  const params = { userId: ann.id, passkeyIdentificationId: passkey };
  const raw = async () => (await clerk.users.getUser(ann.id)).raw;
  expect(await raw()).toMatchObject({ passkeys: [{ id: passkey }] });
  expect(await clerk.users.deleteUserPasskey(params)).toMatchObject({ id: passkey, deleted: true });
  expect(await raw()).toMatchObject({ passkeys: [] });
  expect(await refusal(clerk.users.deleteUserPasskey(params))).toMatchObject({ status: 404 });
});

for (const [provider, name, prefix] of [
  ["google", "Google", "ya29."],
  ["github", "GitHub", "gho_"],
] as const) {
  test(`an account at ${name}: its tokens, and its end`, async ({ clerk, page, instance }) => {
    const ann = await person(instance);
    await signInQuickly(page, ann);
    const way = await clerkJs(
      page,
      async (Clerk, strategy) => {
        const redirectUrl = `${location.origin}/`;
        const account = await Clerk.user.createExternalAccount({ strategy, redirectUrl });
        return account.verification.externalVerificationRedirectURL.href;
      },
      `oauth_${provider}`,
    );
    await page.goto(way);
    const address = email("work");
    await take(page, name, address);
    await expect(page.locator("#who")).toContainText(ann.email);

    const [account] = (await clerk.users.getUser(ann.id)).externalAccounts;
    expect(account).toMatchObject({ provider: `oauth_${provider}`, emailAddress: address });
    expect(account?.verification?.status).toBe("verified");
    const { data, totalCount } = await clerk.users.getUserOauthAccessToken(ann.id, provider);
    expect(totalCount).toBe(1);
    expect(data[0]?.token.startsWith(prefix), data[0]?.token).toBe(true);
    expect(data[0]?.provider).toBe(`oauth_${provider}`);
    // The client knows no such filter; the published API does.
    const query = `provider=oauth_${provider}&provider_user_id=${account!.providerUserId}`;
    const found = await instance.backend("GET", `/users?${query}`);
    expect(found.map((one: any) => one.id)).toEqual([ann.id]);

    const externalAccountId = account!.externalAccountId ?? account!.id;
    expect(data[0]?.externalAccountId).toBe(externalAccountId);
    const params = { userId: ann.id, externalAccountId };
    expect((await clerk.users.deleteUserExternalAccount(params)).deleted).toBe(true);
    expect((await clerk.users.getUser(ann.id)).externalAccounts).toEqual([]);
    expect((await clerk.users.getUserOauthAccessToken(ann.id, provider)).data).toEqual([]);
    expect(await refusal(clerk.users.deleteUserExternalAccount(params))).toMatchObject({
      status: 404,
    });
  });
}
