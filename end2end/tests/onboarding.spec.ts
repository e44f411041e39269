import { type Page, cleo, codeFor, createProject, expect, row, signIn, test } from "./fixtures";

/** Signs up through Clerk's own component, with the code from the outbox. */
async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(email);
  await page
    .getByRole("textbox", { name: "Password", exact: true })
    .pressSequentially("a long and quiet password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  const code = page.getByRole("textbox", { name: /verification code/i }).first();
  await code.pressSequentially(await codeFor(page, email));
  await expect(page).not.toHaveURL(/\/sign-up/, { timeout: 20_000 });
}

test("a newcomer signs up, founds an organization and creates a project nobody else sees", async ({
  page,
  browser,
  server,
  problems,
}) => {
  await signUp(page, "nina@initech.test");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to Tenantry");

  await page.getByRole("textbox", { name: "Name" }).pressSequentially("Initech");
  await page.getByRole("textbox", { name: "Slug" }).pressSequentially("initech");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/app\/initech(\?|$)/);
  await expect(page.getByText("No projects yet")).toBeVisible();

  await createProject(page, "Flatten the org chart");
  await page.reload();
  await expect(row(page, "Flatten the org chart")).toBeVisible();

  const other = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signIn(other, cleo);
  const foreign = await other.goto("/app/initech/projects");
  expect(foreign?.status()).toBe(404);
  const foreignText = await other.locator("body").innerText();
  expect(foreignText).not.toContain("Flatten");
  const missing = await other.goto("/app/no-such-organization/projects");
  expect(missing?.status()).toBe(404);
  expect(await other.locator("body").innerText()).toBe(foreignText);
  await other.context().close();
  problems.allow(/404/);
});

test("a code that is wrong is refused beside its field and the right one still works", async ({
  page,
  problems,
}) => {
  problems.allow(/422/);
  const email = "otto@initech.test";
  await page.goto("/sign-up");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(email);
  await page
    .getByRole("textbox", { name: "Password", exact: true })
    .pressSequentially("a long and quiet password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  const field = page.getByRole("textbox", { name: /verification code/i }).first();
  const right = await codeFor(page, email);
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  await field.pressSequentially(wrong);
  await expect(page.getByText(/incorrect code/i).first()).toBeVisible();
  // Clerk's field forgets keys that are typed faster than it clears the refused code.
  await field.fill(right);
  await expect(page).toHaveURL(/\/select-organization/, { timeout: 20_000 });
});

test("a taken email address is said beside the field", async ({ page, problems }) => {
  problems.allow(/422/);
  await page.goto("/sign-up");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(cleo.email);
  await page
    .getByRole("textbox", { name: "Password", exact: true })
    .pressSequentially("a long and quiet password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByText(/taken/i).first()).toBeVisible();
});
