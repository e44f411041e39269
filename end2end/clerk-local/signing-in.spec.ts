import { type Page, type Browser } from "@playwright/test";

import { Instance, address, expect, open, person, signIn, test } from "./fixtures";

/** The instance's newest link to an address. */
async function mailedLink(instance: Instance, to: string): Promise<string> {
  const page = await (
    await fetch(`${instance.url}/__clerk/outbox?to=${encodeURIComponent(to)}`)
  ).text();
  const link = /http:\/\/localhost:\d+\/__clerk\/v1\/verify\?token=[\w.-]+/.exec(page);
  if (!link) throw new Error(`no link to ${to} in the outbox`);
  return link[0];
}

/** Opens a link in a browser of its own. */
async function openElsewhere(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  return page;
}

test("a forgotten password is replaced in Clerk's own component", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Email address" }).fill(ann.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await page.getByRole("button", { name: "Reset your password" }).click();
  await page.getByRole("textbox", { name: /verification code/i }).pressSequentially("424242");
  const field = page.getByRole("textbox", { name: "New password", exact: true });
  await field.fill("another long password");
  await page.getByRole("textbox", { name: "Confirm password" }).fill("another long password");
  await page.getByRole("button", { name: "Reset Password" }).click();
  await expect(page.locator("#who")).toContainText(ann.email, { timeout: 20_000 });
});

test("a sign-in token signs in through Clerk's own component, once", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  const made = await instance.backend("POST", "/sign_in_tokens", { user_id: ann.id });
  await page.goto(`/sign-in?__clerk_ticket=${made.token}`);
  await expect(page.locator("#who")).toContainText(ann.email, { timeout: 20_000 });
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${instance.url}/sign-in?__clerk_ticket=${made.token}`);
  await expect(other.getByText("already been used")).toBeVisible({ timeout: 20_000 });
});

test.describe("links in mails", () => {
  let linked: Instance;
  test.beforeAll(async () => {
    linked = await Instance.start("--email-links");
  });
  test.afterAll(async () => linked.stop());

  test("signing in by Clerk's component, with the link opened in another browser", async ({ page, browser }) => {
    const ann = await person(linked);
    await page.goto(`${linked.url}/sign-in`);
    await page.getByRole("textbox", { name: "Email address" }).fill(ann.email);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByRole("link", { name: "Use another method" }).click();
    await page.getByRole("button", { name: /^Email link to/ }).click();
    await expect(page.getByText("Check your email")).toBeVisible();
    const phone = await openElsewhere(browser, await mailedLink(linked, ann.email));
    await expect(page.locator("#who")).toContainText(ann.email, { timeout: 20_000 });
    await expect(phone.locator("#who")).toHaveText("Signed out");
  });

  test("signing up by Clerk's component, with the link opened in another tab", async ({ page, context }) => {
    const email = address("ben", false);
    await page.goto(`${linked.url}/sign-up`);
    await page.getByRole("textbox", { name: "Email address" }).fill(email);
    await page.getByRole("textbox", { name: "Password", exact: true }).fill("correct horse battery");
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(page.getByText("Verify your email")).toBeVisible({ timeout: 20_000 });
    const tab = await context.newPage();
    await tab.goto(await mailedLink(linked, email));
    await expect(tab.locator("#who")).toContainText(email, { timeout: 20_000 });
  });

  test("an address added in Clerk's component, with the link opened in another browser", async ({ page, browser }) => {
    const ann = await person(linked);
    const email = address("second", false);
    await signIn(page, ann, linked.url);
    await open(page, `${linked.url}/user`);
    await page.getByRole("button", { name: "Add email address" }).click();
    await page.getByRole("textbox", { name: "Email address" }).fill(email);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("Resend")).toBeVisible();
    await openElsewhere(browser, await mailedLink(linked, email));
    // The component goes on by itself, and the address needs no verification any more.
    await expect(page.getByText("Resend")).toBeHidden({ timeout: 20_000 });
    const mine = page.locator(".cl-profileSection__emailAddresses");
    await expect(mine.getByText(email)).toBeVisible();
    await expect(mine.getByText("Unverified")).toHaveCount(0);
    const user = await linked.backend("GET", `/users/${ann.id}`);
    const added = user.email_addresses.find((it: any) => it.email_address === email);
    expect(added.verification).toMatchObject({ status: "verified", strategy: "email_link" });
  });

  test("clerk-js alone waits for the link and tells where it was opened", async ({ page, browser }) => {
    const ann = await person(linked);
    await open(page, linked.url);
    const done = page.evaluate(async (identifier) => {
      const { Clerk } = window as any;
      const attempt = await Clerk.client.signIn.create({ identifier });
      const factor = attempt.supportedFirstFactors.find((it: any) => it.strategy === "email_link");
      const flow = attempt.createEmailLinkFlow();
      const { emailAddressId } = factor;
      const redirectUrl = `${location.origin}/`;
      const end = await flow.startEmailLinkFlow({ emailAddressId, redirectUrl });
      return {
        status: end.status,
        here: end.firstFactorVerification.verifiedFromTheSameClient(),
        known: Clerk.client.sessions.some((it: any) => it.id === end.createdSessionId),
      };
    }, ann.email);
    await expect(async () => void (await mailedLink(linked, ann.email))).toPass();
    await openElsewhere(browser, await mailedLink(linked, ann.email));
    expect(await done).toEqual({ status: "complete", here: false, known: true });
  });
});

test("too many beginnings are refused until later", async ({ page }) => {
  const limited = await Instance.startLimited();
  try {
    await open(page, limited.url);
    const refused = await page.evaluate(async () => {
      const { Clerk } = window as any;
      for (let count = 0; count < 6; count += 1) {
        try {
          await Clerk.client.signIn.create({ identifier: "nobody@example.com" });
        } catch (error: any) {
          if (error.status === 429) return { count, retryAfter: error.retryAfter };
        }
      }
      return null;
    });
    expect(refused?.count).toBe(5);
    expect(refused?.retryAfter).toBeGreaterThan(0);
    expect(refused?.retryAfter).toBeLessThanOrEqual(10);
  } finally {
    await limited.stop();
  }
});
