/** Social sign-in: Clerk's own components and client, over the whole way to the built-in provider. */

import type { Page } from "@playwright/test";

import { address, expect, open, person, signIn, signOut, test } from "./fixtures";
import { take } from "./support/provider";

/** The button of Clerk's card for a provider. */
function button(page: Page, provider: string) {
  return page.getByRole("button", { name: new RegExp(provider, "i") });
}

/** Who the client says is signed in, with their accounts. */
function accounts(page: Page): Promise<{ provider: string; email: string }[]> {
  return page.evaluate(() =>
    (window as any).Clerk.user.externalAccounts.map((account: any) => ({
      provider: account.provider,
      email: account.emailAddress,
    })),
  );
}

test("a new person signs up from the sign-in card, and signs in with it again", async ({ page }) => {
  const email = address("grace", false);
  await page.goto("/sign-in");
  await button(page, "Google").click();
  await take(page, "Google", email);
  await expect(page.locator("#who")).toContainText(email, { timeout: 20_000 });
  await open(page);
  expect(await accounts(page)).toEqual([{ provider: "google", email }]);

  await signOut(page);
  await page.goto("/sign-in");
  await button(page, "Google").click();
  // The provider knows the account now.
  await page.getByRole("button", { name: email }).click();
  await expect(page.locator("#who")).toContainText(email, { timeout: 20_000 });
});

test("the sign-up card leads somebody who has an account to it", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto("/sign-up");
  await button(page, "GitHub").click();
  await take(page, "GitHub", ann.email);
  await expect(page.locator("#who")).toContainText(ann.email, { timeout: 20_000 });
  await open(page);
  expect(await page.evaluate(() => (window as any).Clerk.user.id)).toBe(ann.id);
  expect(await accounts(page)).toEqual([{ provider: "github", email: ann.email }]);
  const tokens = await instance.backend("GET", `/users/${ann.id}/oauth_access_tokens/github`);
  expect(tokens[0].token).toMatch(/^gho_/);
});

test("a refusal comes back to the card", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Discord").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("You did not grant access to your", { exact: false })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.locator("#who")).toHaveText("Signed out");
});

test("an address that the provider does not vouch for is verified here", async ({ page }) => {
  const email = address("grace");
  await page.goto("/sign-up");
  await button(page, "Discord").click();
  await take(page, "Discord", email, false);
  await page.getByRole("textbox", { name: /code/i }).first().pressSequentially("424242");
  await expect(page.locator("#who")).toContainText(email, { timeout: 20_000 });
});

test("an account is connected and removed on the profile page", async ({ page, instance }) => {
  const ann = await person(instance);
  await signIn(page, ann);
  await page.goto("/user");
  await page.getByRole("button", { name: "Connect account" }).click();
  await page.getByRole("menuitem", { name: /GitHub/ }).click();
  await take(page, "GitHub", address("work", false));
  await expect(page.getByText("GitHub").first()).toBeVisible({ timeout: 20_000 });
  await open(page);
  expect((await accounts(page)).map((account) => account.provider)).toEqual(["github"]);
  await page.evaluate(() => (window as any).Clerk.user.externalAccounts[0].destroy());
  await page.evaluate(() => (window as any).Clerk.user.reload());
  expect(await accounts(page)).toEqual([]);
});

test("headless: transfers and handleRedirectCallback", async ({ page }) => {
  const email = address("grace", false);
  await open(page);
  await page.evaluate(() =>
    (window as any).Clerk.client.signIn.authenticateWithRedirect({
      strategy: "oauth_google",
      redirectUrl: "/?back",
      redirectUrlComplete: "/",
    }),
  );
  await take(page, "Google", email);
  await expect(page).toHaveURL(/\?back/);
  await expect(page.locator("body[data-ready=true]")).toBeAttached({ timeout: 20_000 });
  const status = await page.evaluate(
    () => (window as any).Clerk.client.signIn.firstFactorVerification.status,
  );
  expect(status).toBe("transferable");
  await page.evaluate(() => (window as any).Clerk.handleRedirectCallback({}));
  await expect(page.locator("#who")).toContainText(email, { timeout: 20_000 });
});
