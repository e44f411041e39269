import {
  type Page,
  ada,
  ben,
  cleo,
  createProject,
  expect,
  openRowMenu,
  row,
  signIn,
  switchTo,
  test,
} from "./fixtures";

test("a project is created, renamed, archived, restored and deleted", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Moon base");

  await openRowMenu(page, "Moon base");
  const name = row(page, "Moon base").getByRole("textbox", { name: "Name" });
  await name.fill("Mars base");
  await name.press("Enter");
  await expect(row(page, "Mars base")).toBeVisible();
  await expect(row(page, "Moon base")).toHaveCount(0);

  await openRowMenu(page, "Mars base");
  await row(page, "Mars base").getByRole("button", { name: "Archive" }).click();
  await expect(row(page, "Mars base")).toHaveCount(0);
  await page.getByRole("link", { name: "Archived" }).click();
  await openRowMenu(page, "Mars base");
  await row(page, "Mars base").getByRole("button", { name: "Restore" }).click();
  await expect(row(page, "Mars base")).toHaveCount(0);
  await page.getByRole("link", { name: "Active" }).click();

  await openRowMenu(page, "Mars base");
  await row(page, "Mars base").getByRole("link", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Mars base");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "Mars base")).toBeVisible();
  const menuIsOpen = await row(page, "Mars base").locator("details").getAttribute("open");
  if (menuIsOpen === null) await openRowMenu(page, "Mars base");
  await row(page, "Mars base").getByRole("link", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete project" }).click();
  await expect(row(page, "Mars base")).toHaveCount(0);
});

test("the list is newest first, 50 to a page, and nothing is lost or shown twice", async ({
  page,
}) => {
  await signIn(page, cleo, "/app/globex/projects");
  const seen: string[] = [];
  for (;;) {
    const rows = await page.getByRole("main").locator("li.row").allInnerTexts();
    expect(rows.length).toBeLessThanOrEqual(50);
    seen.push(...(await ids(page)));
    const older = page.getByRole("link", { name: /older/i });
    if ((await older.count()) === 0) break;
    expect(rows.length).toBe(50);
    await older.click();
    await page.waitForURL(/after=/);
  }
  expect(seen.length).toBeGreaterThanOrEqual(120);
  expect(new Set(seen).size).toBe(seen.length);
  const times = seen.map((id) => id.slice(0, 13));
  expect(times).toEqual([...times].sort().reverse());
});

/** The ids of the rows shown: they begin with the time of creation. */
async function ids(page: Page): Promise<string[]> {
  return page
    .locator("form.rename-form input[name=id]")
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
}

test("bad names are refused beside the field and kept", async ({ page }) => {
  await signIn(page, ben, "/app/acme/projects");
  const field = page.getByRole("textbox", { name: "New project" });
  const long = "Quarterly planning ".repeat(16).trim();
  await field.fill(long);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/100 characters/);
  await expect(field).toHaveValue(long);
  await field.fill("   ");
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(/Enter a name/);
});

test("a member is not offered what only admins may do", async ({ page }) => {
  await signIn(page, ben, "/app/acme/projects");
  await page.getByRole("main").locator("li.row summary").first().click();
  await expect(page.getByRole("button", { name: "Archive" }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Delete" })).toHaveCount(0);
});

test("an admin of two organizations switches by menu and by address", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Acme only");
  await switchTo(page, "Globex");
  await expect(page).toHaveURL(/\/app\/globex$/);
  await page.goto("/app/globex/projects");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(row(page, "Acme only")).toHaveCount(0);

  await page.goto("/app/acme/projects");
  await expect(page).toHaveURL(/\/app\/acme\/projects$/);
  await expect(row(page, "Acme only")).toBeVisible();
  await page.goto("/app");
  await expect(page).toHaveURL(/\/app\/acme$/);
});

test("a form of the tab that was left behind changes nothing and keeps what was typed", async ({
  page,
}) => {
  await signIn(page, ada, "/app/acme/projects");
  await page.getByRole("textbox", { name: "New project" }).pressSequentially("From the old tab");
  const other = await page.context().newPage();
  await other.goto("/app/globex/projects");
  await expect(other).toHaveURL(/\/app\/globex\/projects$/);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/app\/acme\/projects/);
  await expect(page.getByRole("alert")).toContainText("Another organization");
  await expect(page.getByRole("textbox", { name: "New project" })).toHaveValue("From the old tab");
  await other.reload();
  await expect(row(other, "From the old tab")).toHaveCount(0);
});
