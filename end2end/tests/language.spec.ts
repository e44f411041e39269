import { ada, axe, expect, signIn, test } from "./fixtures";

test("a language that was chosen stays, in the application, too", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("link", { name: "Loslegen" }).first()).toBeVisible();
  await axe(page);
  await signIn(page, ada, "/app/acme");
  await expect(page.getByRole("heading", { name: "Zuletzt geändert" })).toBeVisible();
  await page.getByRole("banner").locator("summary").last().click();
  await page.getByRole("banner").getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Latest changes" })).toBeVisible();
});

test.describe("of the browser", () => {
  test.use({ locale: "de-AT" });

  test("is spoken from the first page on", async ({ page }) => {
    const response = await page.goto("/");
    expect(response?.headers()["content-language"]).toBe("de");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Zuhause");
  });
});
