/** One's own account: Clerk's components, preferences, leaving, and what an organization demands. */

import { type Page, ada, axe, axeInBothThemes, ben, cleo, expect, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and so does clerk-js.
test.describe.configure({ timeout: 150_000 });

const menu = (page: Page) => page.getByRole("banner").locator("summary").last();

test("the account page is Clerk's profile, in our colours, and loads it alone", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await signIn(page, ben, "/app/acme");
  scripts.length = 0;
  await page.goto("/app/acme");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  expect(scripts.filter((url) => /clerk\.browser|ui\.browser/.test(url))).toEqual([]);

  await menu(page).click();
  await page.getByRole("banner").getByRole("link", { name: "Account", exact: true }).click();
  await expect(page).toHaveURL(/\/user$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Account");
  await expect(page.getByRole("button", { name: "Update profile" })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator("[data-clerk-skeleton]")).toHaveCount(0);
  await page.screenshot({ path: "test-results/account-light.png", fullPage: true });
  await page.getByRole("button", { name: "Update profile" }).click();
  const first = page.getByLabel("First name");
  await first.fill("");
  await first.pressSequentially("Benjamin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Benjamin").first()).toBeVisible();

  await page.getByRole("button", { name: "Security" }).click();
  for (const part of ["Password", "Passkeys", "Two-step verification", "Active devices"]) {
    await expect(page.getByText(part, { exact: true }).first()).toBeVisible();
  }
  await expect(page).toHaveURL(/\/user#/);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "test-results/account-dark.png", fullPage: true });
  const dark = await page.locator(".cl-scrollBox").evaluate((card) => getComputedStyle(card).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await page.locator(".cl-scrollBox").evaluate((card) => getComputedStyle(card).backgroundColor);
  expect(dark, "the card follows the theme").not.toBe(light);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.screenshot({ path: "test-results/account-narrow.png", fullPage: true });
  // What is left behind and come back to is mounted again.
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto("/user/data");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Update password" })).toBeVisible({ timeout: 20_000 });
});

test("a client that does not come says so, with a way on", async ({ page, problems }) => {
  problems.allow(/clerk\.browser|ui\.browser|could not be loaded|ERR_FAILED/);
  await signIn(page, ben, "/user/data");
  await page.route(/clerk\.browser/, (route) => route.abort());
  await page.goto("/user");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await expect(page.getByRole("alert").getByRole("link")).toHaveAttribute("href", /portal\/user$/);
  await axe(page);
});

test("preferences follow the person", async ({ page, browser, server }) => {
  await signIn(page, ben, "/user/preferences");
  await axeInBothThemes(page);
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await page.getByLabel("Density").selectOption("compact");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.screenshot({ path: "test-results/preferences-dark.png", fullPage: true });

  const elsewhere = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere.newPage();
  await signIn(other, ben, "/app/acme");
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(other.locator("html")).toHaveAttribute("data-density", "compact");
  await expect(other.locator("main time").first()).toHaveAttribute("title", /GMT\+9|JST/);
  // The switch in the header is the same theme.
  await menu(other).click();
  await other.getByRole("button", { name: "Light theme" }).click();
  await expect(other.locator("html")).toHaveAttribute("data-theme", "light");
  // It is sent without waiting for the answer, and arrives.
  await expect
    .poll(async () => {
      await page.goto("/app/acme");
      return page.locator("html").getAttribute("data-theme");
    })
    .toBe("light");
  await elsewhere.close();
  await page.goto("/user/preferences");
  await expect(page.getByRole("combobox", { name: "Theme" })).toHaveValue("light");
});

test("an organization is secured by who meets it", async ({ page }) => {
  await signIn(page, ada, "/app/globex/settings");
  await page.getByLabel("Require two-step verification").check();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("You have not shown a second factor")).toBeVisible();
  await axe(page);
  await page.getByLabel("Require two-step verification").uncheck();
  await page.getByLabel("Sign in again after").selectOption("168");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("It holds from now on")).toBeVisible();
  await expect(page.getByLabel("Sign in again after")).toHaveValue("168");
});

test("Clerk's components load when they are asked for", async ({ page }) => {
  await page.goto("/styleguide/clerk?sign-in");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/styleguide/clerk");
  await expect(page.getByText("Nobody is signed in.")).toBeVisible();
  await expect(page.getByText("Not an admin of the active organization.")).toBeVisible();

  await signIn(page, ada, "/app/acme");
  await page.goto("/styleguide/clerk");
  await expect(page.getByText("An admin of the active organization.", { exact: true })).toBeVisible();
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await axeInBothThemes(page);
  const place = (name: string) => page.locator(`[data-clerk=${name}]`);
  const shown = async (name: string, css: string) => {
    await place(name).getByRole("button", { name: `Open ${name}` }).click();
    await expect(place(name).locator(css).first()).toBeVisible({ timeout: 20_000 });
  };
  await shown("UserButton", ".cl-userButtonTrigger");
  await expect(page.locator("[data-clerk-user]")).toContainText("Ada");
  await expect(page.locator("[data-clerk-organization]")).toHaveText(/Acme/);
  await shown("OrganizationSwitcher", ".cl-organizationSwitcherTrigger");
  await shown("OrganizationList", ".cl-organizationList-root, .cl-rootBox");
  await shown("CreateOrganization", ".cl-createOrganization-root, .cl-rootBox");
  await shown("OrganizationProfile", ".cl-organizationProfile-root, .cl-rootBox");
  await shown("UserProfile", ".cl-userProfile-root, .cl-rootBox");
  await page.screenshot({ path: "test-results/clerk-components.png", fullPage: true });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("preferences, the way to the account, and deleting it", async ({ page }) => {
    await page.goto("/user/preferences");
    await page.getByRole("link", { name: /without JavaScript/ }).click();
    await page.getByRole("textbox", { name: "Email address" }).fill(cleo.email);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByLabel("Password", { exact: true }).fill(cleo.password);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(page).toHaveURL(/\/user\/preferences$/);
    await page.getByRole("combobox", { name: "Theme" }).selectOption("contrast");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");

    await page.getByRole("main").waitFor();
    await page.getByRole("link", { name: "Account", exact: true }).first().click();
    await page.getByRole("link", { name: "Continue without JavaScript" }).click();
    await expect(page).toHaveURL(/\/portal\/user/);

    await page.goto("/user/data");
    await page.getByLabel(/to confirm/).fill("somebody@else.test");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByText("Type the address exactly as it is")).toBeVisible();
    await page.getByLabel(/to confirm/).fill(cleo.email);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByText("Your account is deleted")).toBeVisible();
    await page.goto("/app");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
