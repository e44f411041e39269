import { type Page, ada, axeInBothThemes, ben, expect, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

/** A picture of the whole page among the test's results, to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const path = test.info().outputPath(`${name}.png`);
  await page.screenshot({ path, fullPage: true });
  await test.info().attach(name, { path, contentType: "image/png" });
}

test("insights: half a year, a forecast, and the same as a table", async ({ page }) => {
  await signIn(page, ada, "/app/acme/insights");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Insights");
  const created = page.getByRole("region", { name: "Tasks created" });
  await expect(created.getByRole("img")).toHaveAttribute("aria-label", /are expected, \d+ to \d+/);
  await expect(created.locator("rect")).toHaveCount(12);
  await page.getByRole("link", { name: "26 weeks" }).click();
  await expect(page).toHaveURL(/weeks=26$/);
  await expect(page.getByRole("link", { name: "26 weeks" })).toHaveAttribute("aria-current", "page");
  await expect(created.locator("rect")).toHaveCount(26);

  const table = created.getByRole("table");
  await expect(table).toBeHidden();
  await created.getByText("As a table").click();
  // The head, the weeks, and four that are expected.
  await expect(table.getByRole("row")).toHaveCount(1 + 26 + 4);
  await axeInBothThemes(page);
  await picture(page, "insights-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "insights-dark");
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await picture(page, "insights-forced");
  await page.emulateMedia({ forcedColors: "none" });
  await page.setViewportSize({ width: 320, height: 640 });
  await picture(page, "insights-320");
});

test("a suggestion leads to where something can be done", async ({ page }) => {
  await signIn(page, ada, "/app/acme/insights");
  await expect(page.getByText("There is only one admin.")).toBeVisible();
  await page.getByRole("link", { name: "Find somebody for them" }).click();
  await expect(page).toHaveURL(/view=list&assignee=nobody$/);
  await expect(page.getByRole("listitem").filter({ hasText: "#" }).first()).toBeVisible();
});

test("a member has no insights", async ({ page, problems }) => {
  problems.allow(/403/);
  await signIn(page, ben, "/app/acme");
  await expect(page.getByRole("link", { name: "My tasks", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Insights", exact: true })).toHaveCount(0);
  await page.goto("/app/acme/insights");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not allowed");
});

test("the overview tells what changed, what is next and how it goes", async ({ page }) => {
  await signIn(page, ben, "/app/acme");
  const news = page.getByRole("region", { name: "What changed" });
  await expect(news.getByRole("listitem")).toHaveCount(8);
  await expect(page.getByRole("region", { name: "Activity" }).getByRole("img")).toBeVisible();
  await expect(page.getByRole("region", { name: "My tasks" }).getByRole("link")).toHaveCount(6);
  const projects = page.getByRole("region", { name: "Projects" });
  await expect(projects.getByRole("progressbar").first()).toBeVisible();
  await axeInBothThemes(page);
  await picture(page, "overview-light");
  await page.setViewportSize({ width: 320, height: 640 });
  await picture(page, "overview-320");
  await page.setViewportSize({ width: 1280, height: 720 });
  await news.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/app\/acme\/(tasks|projects)\//);
});
