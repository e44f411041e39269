import {
  ada,
  codeFor,
  createProject,
  dora,
  expect,
  openRowMenu,
  row,
  signOut,
  switchTo,
  test,
  throughThePortal,
} from "./fixtures";

test.use({ javaScriptEnabled: false });

test("sign in with a password, work, and sign out", async ({ page, problems }) => {
  problems.allow(/422/);
  await throughThePortal(page, "/app/acme/projects", ada.email);
  await page.getByLabel("Password", { exact: true }).pressSequentially("wrong password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/incorrect/i);
  await page.getByLabel("Password", { exact: true }).pressSequentially(ada.password);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/app\/acme\/projects$/);

  await createProject(page, "Plain HTML");
  await openRowMenu(page, "Plain HTML");
  await row(page, "Plain HTML").getByRole("link", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: /Delete “Plain HTML”/ })).toBeVisible();
  await page.getByRole("button", { name: "Delete project" }).first().click();
  await expect(row(page, "Plain HTML")).toHaveCount(0);

  await switchTo(page, "Globex");
  await expect(page).toHaveURL(/\/app\/globex$/);

  await signOut(page);
  await expect(page).toHaveURL(/\/$/);
  await page.goto("/app");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("sign in with an emailed code and found an organization", async ({ page }) => {
  await throughThePortal(page, "/app", dora.email);
  await page.getByRole("button", { name: /code/i }).click();
  await page.getByLabel(/code/i).pressSequentially(await codeFor(page, dora.email));
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/select-organization$/);
  await page.getByRole("textbox", { name: "Name" }).pressSequentially("Dora’s Diner");
  await page.getByRole("textbox", { name: "Slug" }).pressSequentially("diner");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/app\/diner(\?|$)/);
  await expect(page.getByText("No projects yet")).toBeVisible();
});

test("sign up in the portal and choose an organization there", async ({ page }) => {
  const email = "paula@plain.test";
  await page.goto("/__clerk/portal/sign-up?redirect_url=/app");
  await page.getByLabel("First name").pressSequentially("Paula");
  await page.getByLabel("Email address").pressSequentially(email);
  await page.getByLabel("Password", { exact: true }).pressSequentially("a long and quiet password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByLabel(/code/i).pressSequentially(await codeFor(page, email));
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/select-organization$/);

  await page.goto("/__clerk/portal/organizations?redirect_url=/app");
  await page.getByRole("link", { name: "Create an organization" }).click();
  await page.getByLabel("Name").pressSequentially("Paula’s Plants");
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page).toHaveURL(/\/app\/[^/]+$/);
});
