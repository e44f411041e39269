import { axe, expect, test } from "./fixtures";

test("the landing page greets visitors and leads to sign-in", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toHaveAttribute(
    "href",
    /\/sign-in/,
  );
  await axe(page);
});
