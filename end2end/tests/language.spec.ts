import { ada, axe, expect, signIn, test } from "./fixtures";

test("a language that was chosen stays, in the application, too", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("link", { name: "Loslegen" }).first()).toBeVisible();
  await axe(page);
  await signIn(page, ada, "/app/acme");
  await expect(page.getByRole("heading", { name: "Was sich geändert hat" })).toBeVisible();
  await page.getByRole("banner").locator("summary").last().click();
  await page.getByRole("banner").getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
});

test("members and settings are in the language that was chosen", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await signIn(page, ada, "/app/acme/members");
  await expect(page.getByRole("heading", { level: 1, name: "Mitglieder" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Offene Einladungen" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Einladen", exact: true })).toBeVisible();
  await expect(page.getByLabel("Mitglieder mit der Rolle")).toContainText("Mitglied (");
  await page.goto("/app/acme/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Kürzel" })).toHaveValue("acme");
  await expect(page.getByText(/Tage lang können ihre Admins sie zurückholen/)).toBeVisible();
});

test.describe("of the browser", () => {
  test.use({ locale: "de-AT" });

  test("is spoken from the first page on", async ({ page }) => {
    const response = await page.goto("/");
    expect(response?.headers()["content-language"]).toBe("de");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("jede Organisation");
  });
});
