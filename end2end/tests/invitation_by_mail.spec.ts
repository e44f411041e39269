import { ada, createProject, expect, linkFor, row, signIn, test } from "./fixtures";

test("somebody new is invited by mail and works in the organization", async ({
  page,
  browser,
  server,
}) => {
  const email = "greta@newcomers.test";
  await signIn(page, ada, "/app/acme/members");
  await page.getByRole("textbox", { name: "Email address" }).fill(email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Invitation sent.")).toBeVisible();
  const link = await linkFor(page, email);

  const context = await browser.newContext({ baseURL: server.url });
  const hers = await context.newPage();
  await hers.goto(link);
  // The address is the one that was invited; all that is left to choose is a password.
  const password = hers.getByRole("textbox", { name: "Password", exact: true });
  await password.pressSequentially("a long and quiet password");
  await hers.getByRole("button", { name: "Continue", exact: true }).click();
  await hers.getByRole("link", { name: "Open app" }).first().click({ timeout: 20_000 });
  await expect(hers).toHaveURL(/\/app\/acme(\?|$)/);
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
