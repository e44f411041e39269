import { type Page, addTask, ben, card, expect, newBoard, signIn, test } from "./fixtures";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

/** Chooses a part of the organization in the menu that small screens have. */
async function goTo(page: Page, section: string): Promise<void> {
  await page.locator(".nav-narrow summary").tap();
  await page.locator(".nav-narrow").getByRole("link", { name: section, exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(section);
}

/** Asserts that nothing has to be scrolled sideways, and that fingers meet what they aim at. */
async function expectToFit(page: Page): Promise<void> {
  const { overflow, small } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    // WCAG 2.2, 2.5.8: at least 24 px, unless it stands in a line of text.
    small: Array.from(document.querySelectorAll("button, summary, select, input:not([type=hidden])"))
      .filter((one) => one.checkVisibility())
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ one }) => one.outerHTML.slice(0, 120)),
  }));
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  expect(small, `too small for a finger on ${page.url()}`).toEqual([]);
}

test("a member's day on a telephone", async ({ page }) => {
  await signIn(page, ben, "/app/acme");
  await expectToFit(page);
  await goTo(page, "Projects");
  await newBoard(page, "On the way");
  await addTask(page, "To do", "Tapped task");
  await expectToFit(page);
  await card(page, "Tapped task").locator("summary").tap();
  await page.getByRole("button", { name: "To Done" }).tap();
  const done = page.getByRole("region", { name: "Done" });
  await expect(done).toContainText("Tapped task");
  await page.getByRole("link", { name: "Tapped task" }).tap();
  await page.getByRole("textbox", { name: "Your comment" }).fill("Said on the train");
  await page.getByRole("button", { name: "Comment", exact: true }).tap();
  await expect(page.locator(".comments")).toContainText("Said on the train");
  await expectToFit(page);
  for (const section of ["My tasks", "Search", "Members", "Settings"]) {
    await goTo(page, section);
    await expectToFit(page);
  }
  await page.getByRole("banner").locator("summary").last().tap();
  await page.getByRole("button", { name: "Sign out" }).tap();
  await expect(page).toHaveURL(/\/$/);
});
