/** Signing up at the account portal, in a browser without JavaScript. */

import { address, expect, person, test } from "../fixtures";
import * as at from "./portal";

test.use({ javaScriptEnabled: false });

test("with a code, after an address that is taken; an organization and out", async ({ page, instance }) => {
  const ann = await person(instance);
  const email = address("ben", false);
  await page.goto(at.portal("sign-in"));
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("First name").pressSequentially("Ben");
  await at.type(page, "Email address", ann.email);
  await at.type(page, "Password", "correct horse battery");
  await at.press(page, "Continue");
  await at.expectWrong(page, "Email address", /taken/);
  await expect(page.getByLabel("First name")).toHaveValue("Ben");
  await at.type(page, "Email address", email);
  await at.type(page, "Password", "short");
  await at.press(page, "Continue");
  await at.expectWrong(page, "Password", /8/);
  await at.type(page, "Password", "correct horse battery");
  await at.press(page, "Continue");
  await expect(page.getByText(email)).toBeVisible();
  const code = await at.mailedCode(page, email);
  await at.type(page, "Verification code", code === "111111" ? "222222" : "111111");
  await at.press(page, "Continue");
  await at.expectWrong(page, "Verification code", /Incorrect code/);
  await at.type(page, "Verification code", code);
  await at.press(page, "Continue");
  await at.expectBack(page);

  await page.goto(at.portal("organizations"));
  await page.getByRole("link", { name: "Create an organization" }).click();
  await page.getByLabel("Name", { exact: true }).pressSequentially("Ben’s Bakery");
  await at.press(page, "Create organization");
  await at.expectBack(page);
  await page.goto(at.portal("organizations"));
  await expect(page.getByRole("button", { name: /Ben’s Bakery.*active now/ })).toBeVisible();
  await at.press(page, "Sign out");
  await at.expectBack(page);
});

test("by the invitation of an organization", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  await instance.backend("POST", "/organizations", { name: "Acme", created_by: ann.id });
  const email = address("cleo", false);
  await at.signIn(page, ann);
  await page.goto(at.portal("organizations"));
  await page.getByRole("button", { name: /Acme/ }).click();
  await at.expectBack(page);
  await page.goto(at.portal("organization"));
  await at.type(page, "Email address", email);
  await at.press(page, "Send invitation");

  const cleo = await at.another(browser, instance);
  await cleo.goto(await at.mailedLink(page, email));
  await expect(cleo.getByRole("heading", { name: "Join Acme" })).toBeVisible();
  await expect(cleo.getByText(email)).toBeVisible();
  await cleo.getByLabel("First name").pressSequentially("Cleo");
  await at.type(cleo, "Password", "correct horse battery");
  await at.press(cleo, "Continue");
  await cleo.goto(at.portal("organization"));
  await expect(cleo.getByRole("heading", { name: "Acme" })).toBeVisible();
  await page.reload();
  await expect(at.part(page, "Members (2)").getByText(email, { exact: true })).toBeVisible();
});
