import {
  type Page,
  ada,
  createProject,
  expect,
  linkFor,
  row,
  signIn,
  test,
} from "./fixtures";

/** Has an admin invite somebody to Acme and returns the link in their mail. */
async function invited(page: Page, email: string): Promise<string> {
  await page.goto("/app/acme/members");
  await page.getByRole("textbox", { name: "Email address" }).fill(email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Invitation sent.")).toBeVisible();
  return linkFor(page, email);
}

/** Follows a link that is for somebody new. */
async function signUp(page: Page, link: string): Promise<void> {
  await page.goto(link);
  // The address is the one that was invited; all that is left to choose is a password.
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  await password.pressSequentially("a long and quiet password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expectInside(page);
}

/** Acme's overview, to somebody who works there. */
async function expectInside(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/app\/acme(\?|$)/, { timeout: 20_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Acme");
}

test("somebody new is invited by mail and works in the organization", async ({
  page,
  browser,
  server,
}) => {
  const email = "greta@newcomers.test";
  await signIn(page, ada);
  const link = await invited(page, email);

  const context = await browser.newContext({ baseURL: server.url });
  const hers = await context.newPage();
  await signUp(hers, link);
  await hers.goto("/app/acme/projects");
  await createProject(hers, "Greta’s first project");
  await hers.goto("/app/acme/members");
  await expect(hers.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await context.close();

  await page.reload();
  await expect(page.getByText(email, { exact: true })).toBeVisible();
  const pending = page.getByRole("region", { name: "Pending invitations" });
  await expect(pending.getByText(email)).toHaveCount(0);
  await page.goto("/app/acme/projects");
  await expect(row(page, "Greta’s first project")).toBeVisible();
});

test("who has an account is inside with the click", async ({ page, browser, server }) => {
  const email = "hanna@newcomers.test";
  await signIn(page, ada);
  const context = await browser.newContext({ baseURL: server.url });
  const hers = await context.newPage();
  await signUp(hers, await invited(page, email));
  const leave = async (): Promise<void> => {
    await hers.goto("/app/acme/settings");
    await hers.getByText("Leave organization…").click();
    await hers.getByRole("button", { name: "Leave Acme" }).click();
    await expect(hers).toHaveURL(/\/select-organization/);
  };
  await leave();

  // Signed in: Clerk has accepted it before we are asked.
  await hers.goto(await invited(page, email));
  await expectInside(hers);
  await leave();

  // Signed in as somebody else than who is invited: not theirs to accept.
  await hers.goto(await invited(page, "hugo@newcomers.test"));
  await expect(hers).toHaveURL(/\/select-organization$/);
  await expect(hers.getByRole("button", { name: /^Accept/ })).toHaveCount(0);
  await context.close();

  // Signed out: Clerk's component signs in by the ticket, and nothing is to be typed.
  const fresh = await browser.newContext({ baseURL: server.url });
  const elsewhere = await fresh.newPage();
  await elsewhere.goto(await invited(page, email));
  await expectInside(elsewhere);
  await fresh.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("somebody new is inside after choosing a password", async ({ page, browser, server }) => {
    await signIn(page, ada);
    const link = await invited(page, "ingrid@newcomers.test");
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
    const hers = await context.newPage();
    await hers.goto(link);
    await hers.getByRole("link", { name: /without JavaScript/ }).click();
    await expect(hers.getByRole("heading", { name: "Join Acme" })).toBeVisible();
    await hers.getByLabel("Password", { exact: true }).fill("a long and quiet password");
    await hers.getByRole("button", { name: "Continue", exact: true }).click();
    await expectInside(hers);
    await context.close();
  });
});
