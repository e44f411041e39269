import {
  type Page,
  ada,
  addTask,
  card,
  expect,
  newBoard,
  openRowMenu,
  row,
  signInAtThePortal,
  test,
  titles,
} from "./fixtures";

test.use({ javaScriptEnabled: false });

/** Opens a part of the task's page that is folded. */
async function unfold(page: Page, words: string): Promise<void> {
  await page.getByRole("main").locator("summary", { hasText: words }).click();
}

test("a task is created, edited, moved, planned, discussed and deleted", async ({ page }) => {
  await signInAtThePortal(page, ada, "/app/acme/projects");
  await newBoard(page, "Plain board");
  await addTask(page, "Backlog", "Plain task");
  await addTask(page, "Backlog", "Another one");
  await expect(page.getByRole("button", { name: /^Grab/ })).toHaveCount(0);
  await card(page, "Another one").locator("summary").click();
  await page.getByRole("button", { name: "Up", exact: true }).click();
  expect(await titles(page, "Backlog")).toEqual(["Another one", "Plain task"]);
  await card(page, "Plain task").locator("summary").click();
  await page.getByRole("button", { name: "To In progress" }).click();
  expect(await titles(page, "In progress")).toEqual(["Plain task"]);

  await page.getByRole("link", { name: "Plain task" }).click();
  await unfold(page, "Edit title");
  await page.getByRole("textbox", { name: "Title" }).fill("Plain work");
  await page.getByRole("textbox", { name: "Description" }).fill("Some **bold** words");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Plain work");
  await expect(page.locator(".markdown strong")).toHaveText("bold");

  await page.getByRole("combobox", { name: "Status" }).selectOption("Done");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Status" })).toHaveValue("done");
  await page.getByRole("combobox", { name: "Assignee" }).selectOption({ label: "Ben Larsen" });
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByLabel("Due date").fill("2030-01-31");
  await page.getByRole("button", { name: "Set date" }).click();
  await unfold(page, "New label");
  await page.getByRole("textbox", { name: "Name" }).fill("Plain label");
  await page.getByRole("button", { name: "Create and add" }).click();
  const facts = page.getByRole("complementary", { name: "About this task" });
  await expect(facts.locator(".label", { hasText: "Plain label" })).toBeVisible();
  await facts.getByRole("button", { name: "Take off “Plain label”" }).click();
  await expect(facts.locator(".label", { hasText: "Plain label" })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Another label" }).selectOption({ label: "Plain label" });
  await page.getByRole("button", { name: "Add label" }).click();
  await expect(facts.locator(".label", { hasText: "Plain label" })).toBeVisible();

  await page.getByRole("textbox", { name: "New item" }).fill("First step");
  await page.getByRole("button", { name: "Add item" }).click();
  await page.getByRole("button", { name: "Done: First step" }).click();
  await expect(page.getByText("1 of 1 done")).toBeVisible();
  await unfold(page, "Change “First step”");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Only step");
  await page.locator(".checklist").getByRole("button", { name: "Save" }).click();
  await unfold(page, "Change “Only step”");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Only step")).toHaveCount(0);

  await page.getByRole("textbox", { name: "Your comment" }).fill("Well said");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  const comment = page.locator(".comments li");
  await expect(comment).toContainText("Well said");
  await unfold(page, "Change the comment of");
  await comment.getByRole("textbox", { name: "Comment" }).fill("Better said");
  await page.getByRole("button", { name: "Save comment" }).click();
  await expect(comment).toContainText("Better said");
  await expect(comment).toContainText("edited");
  await unfold(page, "Change the comment of");
  await page.getByRole("button", { name: "Delete comment" }).click();
  await expect(page.getByText("Nothing was said yet.")).toBeVisible();

  await page.getByRole("link", { name: "Delete task" }).click();
  await page.getByRole("button", { name: "Delete task" }).click();
  await expect(page.getByText("Task deleted.")).toBeVisible();
  expect(await titles(page, "Done")).toEqual([]);
});

test("a project with tasks is put away, brought back and deleted", async ({ page }) => {
  await signInAtThePortal(page, ada, "/app/acme/projects");
  await newBoard(page, "Plain project");
  await addTask(page, "To do", "Its task");
  await page.goto("/app/acme/projects");
  await openRowMenu(page, "Plain project");
  await row(page, "Plain project").getByRole("button", { name: "Archive" }).click();
  await expect(row(page, "Plain project")).toHaveCount(0);
  await page.getByRole("link", { name: "Archived" }).click();
  await openRowMenu(page, "Plain project");
  await row(page, "Plain project").getByRole("button", { name: "Restore" }).click();
  await page.getByRole("link", { name: "Active" }).click();
  await openRowMenu(page, "Plain project");
  await row(page, "Plain project").getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete project" }).first().click();
  await expect(row(page, "Plain project")).toHaveCount(0);
  await page.goto("/app/acme/search?q=Its+task");
  await expect(page.getByRole("link", { name: "Its task" })).toHaveCount(0);
});
