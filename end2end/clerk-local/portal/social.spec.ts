/** Social sign-in at the account portal, in a browser without JavaScript. */

import { type Page, address, expect, person, test } from "../fixtures";
import * as at from "./portal";

test.use({ javaScriptEnabled: false });

/** Takes an account on the provider's page. */
async function take(page: Page, email: string, verified = true): Promise<void> {
  await at.type(page, "Email address", email);
  await page.getByLabel("First name").pressSequentially("Grace");
  await page.getByRole("checkbox").setChecked(verified);
  await at.press(page, "Continue");
}

test("somebody new, from the sign-in page; and again", async ({ page }) => {
  const email = address("grace", false);
  await page.goto(at.portal("sign-in"));
  await at.press(page, "Continue with Google");
  await expect(page.getByRole("heading", { name: "Sign in with Google" })).toBeVisible();
  await take(page, email);
  await at.expectBack(page);
  await page.goto(at.portal("user"));
  await expect(at.part(page, "Connected accounts").getByRole("listitem")).toContainText(email);
  await at.press(page, "Sign out");
  await at.expectBack(page);

  await page.goto(at.portal("sign-up"));
  await at.press(page, "Continue with Google");
  await page.getByRole("button", { name: email }).click();
  await at.expectBack(page);
});

test("a refusal, and then a person with a password", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto(at.portal("sign-in"));
  await at.press(page, "Continue with Discord");
  await at.press(page, "Cancel");
  await expect(page.getByRole("alert")).toContainText("did not grant access to your Discord account");
  await at.press(page, "Continue with Discord");
  await take(page, ann.email, false);
  // The provider does not vouch for the address: the person shows in another way who they are.
  await at.type(page, "Password", ann.password);
  await at.press(page, "Continue");
  await at.expectBack(page);
});

test("an address that the provider does not vouch for is verified by a code", async ({ page }) => {
  const email = address("grace", false);
  await page.goto(at.portal("sign-up"));
  await at.press(page, "Continue with GitHub");
  await take(page, email, false);
  await at.type(page, "Verification code", await at.mailedCode(page, email));
  await at.press(page, "Continue");
  await at.expectBack(page);
});
