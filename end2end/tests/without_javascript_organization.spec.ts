import { readFileSync } from "node:fs";

import { ada, ben, expect, signInAtThePortal, switchTo, test } from "./fixtures";

test.use({ javaScriptEnabled: false });

test("an organization is founded, peopled, exported, deleted and brought back", async ({
  page,
  browser,
  server,
  problems,
}) => {
  problems.allow(/404/);
  await signInAtThePortal(page, ada, "/select-organization");
  await page.getByRole("textbox", { name: "Name" }).pressSequentially("Plainly");
  await page.getByRole("textbox", { name: "Slug" }).pressSequentially("plainly");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/app\/plainly(\?|$)/);
  await switchTo(page, "Globex");
  await expect(page).toHaveURL(/\/app\/globex$/);
  await switchTo(page, "Plainly");

  await page.goto("/app/plainly/members");
  const addresses = page.getByRole("textbox", { name: "Email address" });
  await addresses.fill(`finn@example.test, ${ben.email}`);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const invited = page.getByRole("region", { name: "Pending invitations" }).getByRole("listitem");
  await expect(invited).toHaveCount(2);
  await invited.filter({ hasText: "finn@example.test" }).getByRole("button", { name: /^Revoke/ }).click();
  await expect(invited).toHaveCount(1);

  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
  const bens = await context.newPage();
  await signInAtThePortal(bens, ben, "/select-organization");
  const mine = bens.getByRole("listitem").filter({ hasText: "Plainly" });
  await mine.getByRole("button", { name: "Accept" }).click();
  await expect(bens).toHaveURL(/\/app\/plainly/);
  await bens.goto("/app/plainly/members");
  const invite = bens.getByRole("button", { name: "Invite", exact: true });
  await expect(invite).toHaveCount(0);

  await page.reload();
  const his = page.getByRole("main").getByRole("listitem").filter({ hasText: ben.email });
  await his.locator("summary").click();
  await his.getByRole("combobox", { name: "Role" }).selectOption("Admin");
  await his.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Role changed.")).toBeVisible();
  await bens.reload();
  await expect(invite).toBeVisible();

  await page.goto("/app/plainly/settings/export");
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download archive" }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe("plainly.zip");
  expect(readFileSync(await archive.path()).subarray(0, 2).toString()).toBe("PK");
  await page.reload();
  await expect(page.getByText("The archive is complete")).toBeVisible();

  await page.goto("/app/plainly/settings");
  const name = page.getByLabel("Type the organization’s name");
  await name.pressSequentially("Plane");
  await page.getByRole("button", { name: "Delete organization" }).click();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("Plainly");
  await page.getByRole("button", { name: "Delete organization" }).click();
  await expect(page).toHaveURL(/\/select-organization/);
  expect((await bens.goto("/app/plainly"))?.status()).toBe(404);
  const deleted = page.getByRole("listitem").filter({ hasText: "Plainly" });
  await deleted.getByRole("button", { name: /restore/i }).click();
  await expect(page).toHaveURL(/\/app\/plainly/);
  expect((await bens.goto("/app/plainly"))?.status()).toBe(200);
  await context.close();
});
