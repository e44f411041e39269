import { readFileSync } from "node:fs";

import { type Page, ada, ben, expect, signIn, test } from "./fixtures";

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
  await page.getByRole("textbox", { name: "Email address" }).fill(ben.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const field = page.getByRole("textbox", { name: "Email address" });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue(ben.email);
});

test("a member sees the members without the controls", async ({ page }) => {
  await signIn(page, ben, "/app/acme/members");
  await expect(page.getByText(ada.email)).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Change role" })).toHaveCount(0);
  await page.goto("/app/acme/settings");
  await expect(page.getByRole("heading", { name: "Leave" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Export data…" })).toHaveCount(0);
});

test("settings: another name, and everything to take along", async ({ page }) => {
  await signIn(page, ada, "/app/acme/settings");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme Works");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner")).toContainText("Acme Works");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner")).not.toContainText("Acme Works");

  await page.getByRole("link", { name: "Export data…" }).click();
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download archive" }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe("acme.zip");
  // A ZIP archive begins with these letters.
  expect(readFileSync(await archive.path()).subarray(0, 2).toString()).toBe("PK");
  await expect(page.getByText("The archive is complete")).toBeVisible();
  await page.getByRole("banner").locator("summary").last().click();
  await page.getByRole("banner").getByRole("link", { name: "My data" }).click();
  const [mine] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  expect(mine.suggestedFilename()).toBe("my-data.zip");
});
