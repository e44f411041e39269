import { readFileSync } from "node:fs";

import { type Page, ada, axeInBothThemes, ben, expect, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

/** Invites somebody by address and waits until they stand in the list. */
async function invite(page: Page, email: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email address" }).fill(email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText(email, { exact: true })).toBeVisible();
}

test("members: invited, shown, refused", async ({ page }) => {
  await signIn(page, ada, "/app/acme/members");
  await expect(page.getByText(ben.email)).toBeVisible();
  await invite(page, "erin@example.test");
  await axeInBothThemes(page);
  await page.getByRole("textbox", { name: "Email address" }).fill(ben.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const field = page.getByRole("textbox", { name: "Email address" });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue(ben.email);
  await axeInBothThemes(page);
});

test("a member sees the members without the controls", async ({ page }) => {
  await signIn(page, ben, "/app/acme/members");
  await expect(page.getByText(ada.email)).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Change role" })).toHaveCount(0);
  await page.goto("/app/acme/settings");
  await expect(page.getByRole("heading", { name: "Leave" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Export data…" })).toHaveCount(0);
  await axeInBothThemes(page);
});

test("settings: another name, and everything to take along", async ({ page }) => {
  await signIn(page, ada, "/app/acme/settings");
  await axeInBothThemes(page);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme Works");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner")).toContainText("Acme Works");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner")).not.toContainText("Acme Works");

  await page.getByRole("link", { name: "Export data…" }).click();
  await axeInBothThemes(page);
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download archive" }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe("acme.zip");
  // A ZIP archive begins with these letters.
  expect(readFileSync(await archive.path()).subarray(0, 2).toString()).toBe("PK");
  await expect(page.getByText("The archive is complete")).toBeVisible();
  await page.getByRole("banner").locator("summary").last().click();
  const [mine] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  expect(mine.suggestedFilename()).toBe("my-data.zip");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("invite, take back, and the ways out", async ({ page }) => {
    await page.goto("/app/acme/members");
    await page.getByRole("link", { name: /without JavaScript/ }).click();
    await page.getByRole("textbox", { name: "Email address" }).pressSequentially(ada.email);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByLabel("Password", { exact: true }).pressSequentially(ada.password);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(page).toHaveURL(/\/app\/acme\/members$/);
    await invite(page, "finn@example.test");
    const invitation = page.getByRole("listitem").filter({ hasText: "finn@example.test" });
    await invitation.getByRole("button", { name: /revoke/i }).click();
    await expect(page.getByText("finn@example.test", { exact: true })).toHaveCount(0);

    await page.goto("/app/acme/settings");
    await page.getByLabel("Type the organization’s name").pressSequentially("Acne");
    await page.getByRole("button", { name: "Delete organization" }).click();
    const name = page.getByLabel("Type the organization’s name");
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await name.fill("Acme");
    await page.getByRole("button", { name: "Delete organization" }).click();
    await expect(page).toHaveURL(/\/select-organization/);
    await page.getByRole("button", { name: /restore/i }).first().click();
    await expect(page).toHaveURL(/\/app\/acme/);
  });
});
