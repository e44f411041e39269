import {
  type Page,
  ada,
  axeInBothThemes,
  createProject,
  expect,
  row,
  signIn,
  test,
} from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

/** Opens the board of a new project. */
async function newBoard(page: Page, name: string): Promise<void> {
  await createProject(page, name);
  await row(page, name).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Adds a task at the end of a column with the form at its foot. */
async function addTask(page: Page, status: string, title: string): Promise<void> {
  const column = page.getByRole("region", { name: status });
  await column.locator("summary", { hasText: "Add task" }).click();
  await column.getByRole("textbox", { name: "Title" }).fill(title);
  await column.getByRole("button", { name: "Add task" }).click();
  await expect(card(page, title)).toBeVisible();
}

function card(page: Page, title: string) {
  return page.locator("[data-card]").filter({ hasText: title });
}

/** The titles of a column's cards, from above. */
async function titles(page: Page, status: string): Promise<string[]> {
  const links = page.getByRole("region", { name: status }).locator(".card-title a");
  return links.allInnerTexts();
}

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
  expect(await titles(page, "Done")).toEqual(["Draggable"]);
  await page.reload();
  expect(await titles(page, "Backlog")).toEqual(["Draggable"]);
});

test("board, list, task, my tasks and search have no violation", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Examined board");
  await axeInBothThemes(page);
  await addTask(page, "To do", "Examined task");
  await card(page, "Examined task").locator("summary").click();
  await axeInBothThemes(page);
  const board = page.url().split("?")[0];
  await page.goto(`${board}?view=list`);
  await axeInBothThemes(page);
  await page.getByRole("link", { name: "Examined task" }).click();
  await page.getByRole("combobox", { name: "Assignee" }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("textbox", { name: "New item" }).fill("An item");
  await page.getByRole("button", { name: "Add item" }).click();
  await page.getByRole("textbox", { name: "Your comment" }).fill("| a | b |\n|---|---|\n| 1 | 2 |");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.getByText("Comment added.")).toBeVisible();
  for (const summary of await page.getByRole("main").locator("summary").all()) {
    await summary.click();
    await axeInBothThemes(page);
  }
  for (const path of ["my-tasks", "search", "search?q=examined", "search?q=zebra"]) {
    await page.goto(`/app/acme/${path}`);
    await axeInBothThemes(page);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a task is created, moved, described and discussed", async ({ page }) => {
    await page.goto("/app/acme/projects");
    await page.getByRole("link", { name: /without JavaScript/ }).click();
    await page.getByRole("textbox", { name: "Email address" }).pressSequentially(ada.email);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByLabel("Password", { exact: true }).pressSequentially(ada.password);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await newBoard(page, "Plain board");
    await addTask(page, "Backlog", "Plain task");
    await expect(page.getByRole("button", { name: /^Grab/ })).toHaveCount(0);
    await card(page, "Plain task").locator("summary").click();
    await page.getByRole("button", { name: "To In progress" }).click();
    expect(await titles(page, "In progress")).toEqual(["Plain task"]);

    await page.getByRole("link", { name: "Plain task" }).click();
    await page.locator("summary", { hasText: "Edit title" }).click();
    await page.getByRole("textbox", { name: "Description" }).fill("Some **bold** words");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.locator(".markdown strong")).toHaveText("bold");
    await page.getByRole("textbox", { name: "Your comment" }).fill("Well said");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(page.getByRole("paragraph").filter({ hasText: "Well said" })).toBeVisible();
    await page.getByRole("link", { name: "Delete task" }).click();
    await page.getByRole("button", { name: "Delete task" }).click();
    await expect(page.getByText("Task deleted.")).toBeVisible();
  });
});
