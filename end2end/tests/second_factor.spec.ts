import { type Browser, type Page, codeFor, expect, linkFor, test } from "./fixtures";
import { totp } from "../clerk-local/support/authenticator_app";

const password = "a long and quiet password";

/** Sets up an authenticator app in the account portal; answers with its secret. */
async function setUpTwoSteps(page: Page): Promise<string> {
  await page.goto("/__clerk/portal/user/two-step");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const secret = (await page.getByTestId("secret").innerText()).replaceAll(" ", "");
  await page.getByLabel("Code of the app").fill(totp(secret));
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("list", { name: "Backup codes" })).toBeVisible();
  return secret;
}

/** Signs in as far as the password leads: to the second step. */
async function firstStep(page: Page, email: string): Promise<void> {
  await page.goto("/__clerk/portal/sign-in?redirect_url=/app/vault");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Two-step verification" })).toBeVisible();
}

/** Ends the sign-in. The code is the next one: each is good once. */
async function secondStep(page: Page, secret: string): Promise<void> {
  await page.getByLabel("Verification code").fill(totp(secret, 1));
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/app\/vault$/);
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/__clerk/portal/sign-out");
  await page.getByRole("button", { name: "Sign out" }).click();
}

/** The founder of Vault, in a session with two factors. */
async function found(page: Page): Promise<void> {
  const email = "ida@vault.test";
  await page.goto("/__clerk/portal/sign-up?redirect_url=/select-organization");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByLabel(/code/i).fill(await codeFor(page, email));
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Vault");
  await page.getByRole("textbox", { name: "Slug" }).fill("vault");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/app\/vault/);
  const secret = await setUpTwoSteps(page);
  await signOut(page);
  await firstStep(page, email);
  await secondStep(page, secret);
}

/** Somebody whom the founder invites, inside of Vault with a password alone. */
async function join(founder: Page, browser: Browser, baseURL: string): Promise<Page> {
  const email = "jan@vault.test";
  await founder.goto("/app/vault/members");
  await founder.getByRole("textbox", { name: "Email address" }).fill(email);
  await founder.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(founder.getByText("Invitation sent.")).toBeVisible();
  const link = await linkFor(founder, email);
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("link", { name: /without JavaScript/ }).click();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/app\/vault$/);
  return page;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an organization lets nobody in who has not shown a second factor", async ({
    page,
    browser,
    server,
  }) => {
    await found(page);
    const his = await join(page, browser, server.url);

    await page.goto("/app/vault/settings");
    await page.getByLabel("Require two-step verification").check();
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("It holds from now on")).toBeVisible();

    // His session was good until now.
    for (const path of ["/app/vault", "/app/vault/projects"]) {
      const answer = await his.goto(path);
      expect(answer?.status()).toBe(403);
      await expect(his.getByRole("heading", { level: 1 })).toHaveText("Two-step verification needed");
    }
    // To have an authenticator app is not enough: it has to be shown.
    const secret = await setUpTwoSteps(his);
    expect((await his.goto("/app/vault"))?.status()).toBe(403);
    await his.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await expect(his).toHaveURL(/\/$/);
    await firstStep(his, "jan@vault.test");
    // Half a sign-in is none.
    await his.goto("/app/vault");
    await expect(his).toHaveURL(/\/sign-in/);
    await firstStep(his, "jan@vault.test");
    await secondStep(his, secret);
    await expect(his.getByRole("heading", { level: 1 })).toHaveText("Vault");
    await his.context().close();

    // The one who demanded it was let in all the time.
    await page.reload();
    await expect(page.getByLabel("Require two-step verification")).toBeChecked();
  });
});
