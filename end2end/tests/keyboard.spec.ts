import { type Locator, type Page, ada, expect, row, test, titles } from "./fixtures";

/** More stops than any page of ours has before what is looked for. */
const stops = 120;

/** Goes to an element with the tab key, and asserts that one sees where one is. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  const target = await element.elementHandle();
  for (let stop = 0; stop < stops; stop += 1) {
    if (await target?.evaluate((one) => one === document.activeElement)) {
      const seen = await target?.evaluate((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        const outlined = outlineStyle !== "none" && outlineWidth !== "0px";
        return one.matches(":focus-visible") && (outlined || boxShadow !== "none");
      });
      expect(seen, `the focus on ${element} is to be seen`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`${element} can't be reached with the tab key`);
}

/** Goes to an element and presses a key there. */
async function press(page: Page, element: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, element);
  await page.keyboard.press(key);
}

test("from signing in to signing out without a pointer", async ({ page }) => {
  await page.goto("/app/acme/projects");
  await page.getByRole("textbox", { name: "Email address" }).focus();
  await page.keyboard.type(ada.email, { delay: 10 });
  await page.keyboard.press("Enter");
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  await expect(password).toBeFocused();
  await page.keyboard.type(ada.password, { delay: 10 });
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/app\/acme\/projects$/, { timeout: 20_000 });

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "New project" }));
  await page.keyboard.type("Without a mouse");
  await page.keyboard.press("Enter");
  await press(page, row(page, "Without a mouse").getByRole("link"));
  await expect(page.getByRole("heading", { level: 1, name: "Without a mouse" })).toBeVisible();

  const todo = page.getByRole("region", { name: "To do" });
  await press(page, todo.locator("summary", { hasText: "Add task" }));
  await tabTo(page, todo.getByRole("textbox", { name: "Title" }));
  await page.keyboard.type("Typed task");
  await page.keyboard.press("Enter");
  const grab = page.getByRole("button", { name: "Grab “Typed task”" });
  await press(page, grab, "Space");
  await expect(grab).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ArrowRight");
  const saved = page.waitForResponse(/\/api\/tasks\/move/);
  await page.keyboard.press("Space");
  expect((await saved).status()).toBe(200);
  expect(await titles(page, "In progress")).toEqual(["Typed task"]);
  await expect(grab).toBeFocused();

  // The menu does the same: it opens and closes with keys, and gives the focus back.
  const menu = page.locator("[data-card] summary");
  await press(page, menu);
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("button", { name: "To Done" }));
  await expect(page.getByRole("region", { name: "Done" })).toContainText("Typed task");

  await press(page, page.getByRole("link", { name: "Typed task" }));
  await tabTo(page, page.getByRole("textbox", { name: "Your comment" }));
  await page.keyboard.type("Said with keys");
  await press(page, page.getByRole("button", { name: "Comment", exact: true }));
  await expect(page.locator(".comments")).toContainText("Said with keys");
  await press(page, page.getByRole("link", { name: "Delete task" }));
  await press(page, page.getByRole("button", { name: "Delete task" }));
  await expect(page.getByText("Task deleted.")).toBeVisible();

  await press(page, page.getByRole("banner").locator("summary").last());
  await press(page, page.getByRole("button", { name: "Sign out" }));
  await expect(page).toHaveURL(/\/$/);
});
