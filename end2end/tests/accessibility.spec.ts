/** axe where a page has to be brought to show something; its states are in every_state.spec.ts. */

import { type Page, ada, axe, axeInBothThemes, expect, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

test("sign-in and sign-up with Clerk's own components", async ({ page }) => {
  for (const path of ["/sign-in", "/sign-up"]) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: "Continue", exact: true })).toBeVisible();
    await axeInBothThemes(page);
  }
});

test("the navigation on a narrow screen", async ({ page }) => {
  await signIn(page, ada, "/app/acme");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.locator(".nav-narrow summary").click();
  await axe(page);
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page).toHaveURL(/\/app\/acme\/members$/);
});

test("high contrast", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "High contrast" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");
  await axeInBothThemes(page);
});

test("a project's menu and the question before a deletion", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await showLastPage(page);
  await page.locator("li.row summary").first().click();
  await axeInBothThemes(page);
  await page.locator("li.row").first().getByRole("link", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await axeInBothThemes(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("the account menu, a refused name, the archive", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects?show=archived");
  await axeInBothThemes(page);
  await page.getByRole("banner").locator("summary").last().click();
  await axeInBothThemes(page);
  await page.goto("/app/acme/projects?show=archived");
  await page.getByRole("textbox", { name: "New project" }).fill("   ");
  await page.keyboard.press("Enter");
  await expect(page.locator("[aria-invalid=true]")).toBeVisible();
  await axeInBothThemes(page);
});

/** Fewer rows to examine than on a full page. */
async function showLastPage(page: Page): Promise<void> {
  const older = page.getByRole("link", { name: /older/i });
  while ((await older.count()) > 0) {
    const here = page.url();
    await older.click();
    await expect(page).not.toHaveURL(here);
  }
}

test("a theme that was chosen stays, without JavaScript's help", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await axe(page);
});
