import { addTask, ada, card, expect, newBoard, signIn, test, titles } from "./fixtures";

test("a card is moved with the keyboard, and its place stays", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Keyboard board");
  for (const title of ["One", "Two", "Three"]) await addTask(page, "To do", title);
  const grab = page.getByRole("button", { name: "Grab “Three”" });
  const says = page.locator("[data-board-says]");
  await grab.focus();
  await page.keyboard.press("Space");
  await expect(grab).toHaveAttribute("aria-pressed", "true");
  await expect(says).toContainText("Three grabbed. Place 3 of 3 in To do.");
  await page.keyboard.press("ArrowUp");
  await expect(says).toContainText("Three: place 2 of 3 in To do.");
  await expect(grab).toBeFocused();
  await page.keyboard.press("Escape");
  expect(await titles(page, "To do")).toEqual(["One", "Two", "Three"]);

  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  const saved = page.waitForResponse(/\/api\/tasks\/move/);
  await page.keyboard.press("Space");
  expect((await saved).status()).toBe(200);
  // A second move is based on the version that the first one answered with.
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  const again = page.waitForResponse(/\/api\/tasks\/move/);
  await page.keyboard.press("Space");
  expect((await again).status()).toBe(200);
  await expect(page.getByRole("region", { name: "In progress" })).toContainText("Three");
  await page.reload();
  expect(await titles(page, "To do")).toEqual(["One", "Two"]);
  expect(await titles(page, "In progress")).toEqual(["Three"]);
});

test("a card is dragged, and comes back when the server refuses", async ({ page, problems }) => {
  problems.allow(/409|could not be moved/);
  // The page hears nothing of what others do.
  await page.route(/\/events\?/, (route) => route.fulfill({ status: 204 }));
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Pointer board");
  await addTask(page, "To do", "Draggable");
  await page.reload();
  const done = page.getByRole("region", { name: "Done" });
  const saved = page.waitForResponse(/\/api\/tasks\/move/);
  await card(page, "Draggable").dragTo(done.locator("[data-cards]"));
  expect((await saved).status()).toBe(200);
  expect(await titles(page, "Done")).toEqual(["Draggable"]);
  await expect(done.locator("[data-count]")).toHaveText("1");

  // Somebody else moves it first.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator("[data-card] summary").click();
  await other.getByRole("button", { name: "To Backlog" }).click();
  await expect(other.getByRole("region", { name: "Backlog" })).toContainText("Draggable");
  await other.close();
  const todo = page.getByRole("region", { name: "To do" });
  await card(page, "Draggable").dragTo(todo.locator("[data-cards]"));
  await expect(page.getByRole("alert")).toContainText("Somebody else moved this task");
  // It goes where the other one put it, without a reload.
  await expect.poll(() => titles(page, "Backlog")).toEqual(["Draggable"]);
  expect(await titles(page, "Done")).toEqual([]);
  await expect(page.getByRole("alert")).toContainText("Somebody else moved this task");
});
