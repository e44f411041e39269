/** The page of one's own account at the portal, in a browser without JavaScript. */

import { address, expect, person, test } from "../fixtures";
import { totp } from "../support/authenticator_app";
import * as at from "./portal";

test.use({ javaScriptEnabled: false });

test("names, and an address: added, verified, put first, the old one removed", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.signIn(page, ann);
  await page.goto(at.portal("user"));
  await at.type(page, "First name (optional)", "Anna");
  await at.type(page, "Last name (optional)", "x".repeat(257));
  await at.press(page, "Save names");
  await at.expectWrong(page, "Last name (optional)", /256/);
  await expect(page.getByLabel("First name")).toHaveValue("Anna");
  await at.type(page, "Last name (optional)", "Lee");
  await at.press(page, "Save names");
  await expect(at.part(page, "Name").getByRole("status")).toHaveText("Saved.");
  await expect(page.getByLabel("Last name")).toHaveValue("Lee");

  const email = address("anna", false);
  await at.type(page, "Another email address", ann.email);
  await at.press(page, "Add address");
  await at.expectWrong(page, "Another email address", /taken/);
  await at.type(page, "Another email address", email);
  await at.press(page, "Add address");
  await page.getByRole("link", { name: "Back to your account" }).click();
  await expect(at.part(page, "Email addresses").getByText("Not verified")).toBeVisible();
  await at.press(page, `Verify ${email}`);
  await at.type(page, "Verification code", await at.mailedCode(page, email));
  await at.press(page, "Verify");
  await at.press(page, `Make primary ${email}`);
  await expect(page.getByRole("button", { name: `Remove ${email}` })).toHaveCount(0);
  await at.press(page, `Remove ${ann.email}`);
  await expect(at.part(page, "Email addresses").getByText(ann.email)).toHaveCount(0);
  const user = await instance.backend("GET", `/users/${ann.id}`);
  expect(user).toMatchObject({ first_name: "Anna", last_name: "Lee" });
  expect(user.email_addresses.map((it: any) => it.email_address)).toEqual([email]);
});

test("the password, another device, and the account's end", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  const other = await at.another(browser, instance);
  await at.signIn(other, ann);
  await at.signIn(page, ann);
  await page.goto(at.portal("user"));
  const devices = at.part(page, "Active devices");
  await expect(devices.getByRole("listitem")).toHaveCount(2);
  await devices.getByRole("button", { name: /^Sign out of / }).click();
  await expect(devices.getByRole("listitem")).toHaveCount(1);
  await other.goto(at.portal("user"));
  await expect(other).toHaveURL(/\/portal\/sign-in/);

  await at.type(page, "Current password", "wrong");
  await at.type(page, "New password", "another long password");
  await at.press(page, "Change password");
  await at.expectWrong(page, "Current password", /incorrect/);
  await at.type(page, "Current password", ann.password);
  await at.type(page, "New password", "another long password");
  await at.press(page, "Change password");
  await expect(at.part(page, "Password").getByRole("status")).toHaveText("Saved.");
  await at.signIn(other, { ...ann, password: "another long password" });

  await at.type(page, "Confirmation", "please");
  await at.press(page, "Delete account");
  await at.expectWrong(page, "Confirmation", /Delete account/);
  await at.type(page, "Confirmation", "Delete account");
  await at.press(page, "Delete account");
  await at.expectBack(page);
  await other.goto(at.portal("user"));
  await expect(other).toHaveURL(/\/portal\/sign-in/);
});

test("accounts at providers: connected, refused, removed", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.signIn(page, ann);
  await page.goto(at.portal("user"));
  const accounts = at.part(page, "Connected accounts");
  await accounts.getByRole("button", { name: "Connect GitHub" }).click();
  await at.press(page, "Cancel");
  await expect(page.getByRole("alert")).toContainText("did not grant access to your GitHub account");
  await expect(page.getByRole("alert")).toBeFocused();
  await accounts.getByRole("button", { name: "Connect GitHub" }).click();
  await at.type(page, "Email address", ann.email);
  await at.press(page, "Continue");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(accounts.getByRole("listitem")).toContainText(ann.email);
  await accounts.getByRole("button", { name: "Remove GitHub" }).click();
  await expect(accounts.getByRole("button", { name: "Connect GitHub" })).toBeVisible();
});

test("two-step verification: set up, new backup codes, asked for before it goes", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  const other = await at.another(browser, instance);
  await at.signIn(other, ann);
  await at.signIn(page, ann);
  await page.goto(at.portal("user"));
  await page.getByRole("link", { name: "Set up two-step verification" }).click();
  await at.press(page, "Set up an authenticator app");
  await at.type(page, "Code of the app", "12345");
  await at.press(page, "Continue");
  await at.expectWrong(page, "Code of the app", /Incorrect code/);
  const secret = (await page.getByTestId("secret").innerText()).replaceAll(" ", "");
  expect(await page.getByRole("link", { name: "Open the app" }).getAttribute("href")).toContain(secret);
  await at.type(page, "Code of the app", totp(secret));
  await at.press(page, "Continue");
  const codes = page.getByRole("list", { name: "Backup codes" });
  const former = await codes.getByRole("listitem").allInnerTexts();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("Two-step verification is on")).toBeVisible();
  await page.getByText("Make new backup codes").click();
  await at.press(page, "Make backup codes");
  const codesNow = await codes.getByRole("listitem").allInnerTexts();
  expect(codesNow).toHaveLength(10);
  expect(codesNow).not.toEqual(former);

  // The other browser's session has never seen the second factor.
  await other.goto(at.portal("user/two-step"));
  await expect(other.getByRole("heading", { name: "Verification required" })).toBeVisible();
  await at.type(other, "Verification code", former[0] ?? "");
  await at.press(other, "Continue");
  await at.expectWrong(other, "Verification code", /Incorrect code/);
  await at.type(other, "Verification code", codesNow[0] ?? "");
  await at.press(other, "Continue");
  await other.getByText("Remove the authenticator app").click();
  await at.press(other, "Remove");
  await expect(other.getByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
  await other.getByRole("link", { name: "Back to your account" }).click();
  await expect(at.part(other, "Two-step verification")).toContainText("Not set up");
});
