/** Signing in at the account portal, in a browser without JavaScript. */

import { Instance, address, expect, person, test } from "../fixtures";
import { totp } from "../support/authenticator_app";
import * as at from "./portal";

test.use({ javaScriptEnabled: false });

/** A person whose address gets real mails. */
async function withMail(instance: Instance) {
  const [email, password] = [address("ann", false), "correct horse battery"];
  await instance.backend("POST", "/users", { email_address: [email], password });
  return { email, password };
}

test("by password, after a wrong address and a wrong password; and out again", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.name(page, "nobody@example.com");
  await at.expectWrong(page, "Email address", /find your account/);
  await expect(page.getByLabel("Email address")).toHaveValue("nobody@example.com");
  await at.type(page, "Email address", ann.email);
  await at.press(page, "Continue");
  await expect(page.getByText(ann.email)).toBeVisible();
  await at.type(page, "Password", "not this one");
  await at.press(page, "Continue");
  await at.expectWrong(page, "Password", /incorrect/);
  await at.type(page, "Password", ann.password);
  await page.keyboard.press("Enter");
  await at.expectBack(page);

  await page.goto(at.portal("sign-in"));
  await expect(page.getByRole("heading", { name: "You are already signed in" })).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await at.expectBack(page);
  await page.goto(at.portal("sign-out"));
  await expect(page.getByText(ann.email)).toBeVisible();
  await at.press(page, "Sign out");
  await at.expectBack(page);
  await page.goto(at.portal("user"));
  await expect(page).toHaveURL(/\/portal\/sign-in/);
});

test("somebody signed out comes to the page they asked for", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto(at.portal("user"));
  await at.type(page, "Email address", ann.email);
  await at.press(page, "Continue");
  await at.type(page, "Password", ann.password);
  await at.press(page, "Continue");
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  // The browser's token stays out of the addresses of the portal's own pages.
  expect(page.url()).not.toContain("__clerk_db_jwt");
  await page.getByRole("link", { name: /^Back to / }).click();
  await at.expectBack(page);
});

test("with the keyboard alone", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto(at.portal("sign-in"));
  await expect(page.getByLabel("Email address")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Continue", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Sign up" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type(ann.email);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.keyboard.type(ann.password);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await at.expectBack(page);
});

test("by an emailed code, the second one", async ({ page, instance }) => {
  const ann = await withMail(instance);
  await at.name(page, ann.email);
  await at.press(page, "Email me a code instead");
  const first = await at.mailedCode(page, ann.email);
  await at.press(page, "Send a new code");
  const second = await at.mailedCode(page, ann.email);
  await at.type(page, "Verification code", first === second ? "000000" : first);
  await at.press(page, "Continue");
  await at.expectWrong(page, "Verification code", /Incorrect code/);
  await at.type(page, "Verification code", second);
  await at.press(page, "Continue");
  await at.expectBack(page);
});

test("a forgotten password is replaced", async ({ page, instance }) => {
  const ann = await withMail(instance);
  await at.name(page, ann.email);
  await at.press(page, "Forgot your password?");
  await at.type(page, "Verification code", await at.mailedCode(page, ann.email));
  await at.type(page, "New password", "short");
  await at.press(page, "Reset password");
  await at.expectWrong(page, "New password", /at least|or more/i);
  await at.type(page, "New password", "another long password");
  await page.getByLabel("Sign out of all other devices").check();
  await at.press(page, "Reset password");
  await at.expectBack(page);

  await page.goto(at.portal("sign-out"));
  await at.press(page, "Sign out");
  await at.signIn(page, { ...ann, id: "", password: "another long password" });
});

test("an authenticator app's code, and a backup code, as second factor", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.signIn(page, ann);
  await page.goto(at.portal("user/two-step"));
  await at.press(page, "Set up an authenticator app");
  const secret = (await page.getByTestId("secret").innerText()).replaceAll(" ", "");
  await at.type(page, "Code of the app", totp(secret));
  await at.press(page, "Continue");
  const codes = await page.getByRole("list", { name: "Backup codes" }).getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);

  for (const [wrong, right] of [
    ["000000", totp(secret, 1)],
    ["zzzzzzzz", codes[0] ?? ""],
  ] as const) {
    await page.goto(at.portal("sign-out"));
    await at.press(page, "Sign out");
    await at.name(page, ann.email);
    await at.type(page, "Password", ann.password);
    await at.press(page, "Continue");
    await expect(page.getByRole("heading", { name: "Two-step verification" })).toBeVisible();
    await at.type(page, "Verification code", wrong);
    await at.press(page, "Continue");
    await at.expectWrong(page, "Verification code", /Incorrect code/);
    await expect(page.getByLabel("Verification code")).toHaveValue(wrong);
    await at.type(page, "Verification code", right);
    await at.press(page, "Continue");
    await at.expectBack(page);
  }
});

test("a sign-in token signs in, once", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  const made = await instance.backend("POST", "/sign_in_tokens", { user_id: ann.id });
  await page.goto(`${at.portal("ticket")}&__clerk_ticket=${made.token}`);
  await at.press(page, "Continue");
  await at.expectBack(page);
  const other = await at.another(browser, instance);
  // Where Clerk's own portal takes tickets.
  await other.goto(`${at.portal("sign-in")}&__clerk_ticket=${made.token}`);
  await at.press(other, "Continue");
  await expect(other.getByRole("alert")).toContainText("already been used");
});

test.describe("links in mails", () => {
  let linked: Instance;
  test.beforeAll(async () => {
    linked = await Instance.start("--email-links");
  });
  test.afterAll(async () => linked.stop());

  test("opened in another browser, the first one is signed in", async ({ browser }) => {
    const ann = await withMail(linked);
    const page = await at.another(browser, linked);
    await at.name(page, ann.email);
    await at.press(page, "Email me a link instead");
    await expect(page.getByRole("status")).toContainText("Open the link");
    const link = await at.mailedLink(page, ann.email);
    const phone = await at.another(browser, linked);
    await phone.goto(link);
    await expect(phone.getByText("You have confirmed your email address")).toBeVisible();
    // The page that waits looks again by itself.
    await at.expectBack(page);
    await phone.goto(link);
    await expect(phone.getByText("This link cannot be used")).toBeVisible();
  });

  test("signing up, with the link opened in another tab", async ({ browser }) => {
    const email = address("ben", false);
    const page = await at.another(browser, linked);
    await page.goto(at.portal("sign-up"));
    await at.type(page, "Email address", email);
    await at.type(page, "Password", "correct horse battery");
    await at.press(page, "Continue");
    await expect(page.getByText(email)).toBeVisible();
    const tab = await page.context().newPage();
    await tab.goto(await at.mailedLink(page, email));
    await at.expectBack(tab);
    await at.expectBack(page);
  });

  test("verifying an added address, with the link opened in another browser", async ({ browser }) => {
    const ann = await withMail(linked);
    const email = address("second", false);
    const page = await at.another(browser, linked);
    await at.signIn(page, { ...ann, id: "" });
    await page.goto(at.portal("user"));
    await at.type(page, "Another email address", email);
    await at.press(page, "Add address");
    const phone = await at.another(browser, linked);
    await phone.goto(await at.mailedLink(page, email));
    await expect(phone.getByText("You have confirmed your email address")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    await expect(page.getByRole("button", { name: `Make primary ${email}` })).toBeVisible();
  });
});
