import { ada, addTask, ben, expect, newBoard, signIn, test } from "./fixtures";

test("an @ lists members, and a key writes one of them into the comment", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Mentioning board");
  await addTask(page, "To do", "Mentioned task");
  await page.getByRole("link", { name: "Mentioned task" }).click();
  const comment = page.getByRole("textbox", { name: "Your comment" });
  const list = page.getByRole("listbox", { name: "People" });
  const options = list.getByRole("option");

  await comment.pressSequentially("mail a@b.test, then ask @");
  await expect(options.first()).toBeVisible();
  await expect(comment).toHaveAttribute("aria-activedescendant", /.+/);
  await comment.pressSequentially("ben");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(ben.email);
  await expect(options).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(comment).toHaveValue("mail a@b.test, then ask @ben");

  // One letter less asks again; Enter chooses, and breaks no line.
  await page.keyboard.press("Backspace");
  await expect(options).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(list).toBeHidden();
  await expect(comment).toHaveValue("mail a@b.test, then ask @Ben Larsen ");
  await comment.pressSequentially("and @zeppelin");
  await expect(page.locator("form[data-typing] [role=status]")).toHaveText("Nobody by this name");
  await expect(list).toBeHidden();

  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.locator(".comments .mention")).toHaveText("@Ben Larsen");
});

test("a click chooses too, and the list goes with the focus", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Clicking board");
  await addTask(page, "To do", "Clicked task");
  await page.getByRole("link", { name: "Clicked task" }).click();
  const comment = page.getByRole("textbox", { name: "Your comment" });
  const list = page.getByRole("listbox", { name: "People" });
  await comment.pressSequentially("@be");
  await list.getByRole("option", { name: /Ben Larsen/ }).click();
  await expect(comment).toHaveValue("@Ben Larsen ");
  await expect(comment).toBeFocused();
  await comment.pressSequentially("@be");
  await expect(list).toBeVisible();
  await page.getByRole("button", { name: "Comment", exact: true }).focus();
  await expect(list).toBeHidden();
});
