import { type Page, ada, axe, axeInBothThemes, dora, expect, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

test("public pages", async ({ page, problems }) => {
  problems.allow(/404/);
  for (const path of [
    "/",
    "/no/such/page",
    "/__clerk/portal/sign-in",
    "/__clerk/portal/sign-up",
    "/__clerk/outbox",
  ]) {
    await page.goto(path);
    await axeInBothThemes(page);
  }
});

test("sign-in and sign-up with Clerk's own components", async ({ page }) => {
  for (const path of ["/sign-in", "/sign-up"]) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: "Continue", exact: true })).toBeVisible();
    await axeInBothThemes(page);
  }
});

test("the choice of organizations", async ({ page }) => {
  await signIn(page, dora, "/select-organization");
  await axeInBothThemes(page);
});

test("an organization's overview, empty and full, and its navigation on a narrow screen", async ({
  page,
  problems,
}) => {
  problems.allow(/404/);
  await signIn(page, ada, "/app/acme");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Acme");
  await axeInBothThemes(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.locator(".nav-narrow summary").click();
  await axe(page);
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page).toHaveURL(/\/app\/acme\/members$/);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto("/app/acme/no-such-page");
  await expect(page.getByRole("link", { name: "Settings", exact: true })).toBeVisible();
  await axeInBothThemes(page);
});

test("the style guide", async ({ page }) => {
  await page.goto("/styleguide?notice=project-created");
  await axeInBothThemes(page);
});

test("high contrast", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "High contrast" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");
  await axeInBothThemes(page);
});

test("the list of projects", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
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

test("a project is created with the keyboard alone", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "New project" })).toBeFocused();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "By keyboard" })).toBeVisible();
});
