/** The built-in page that plays the provider of a social sign-in. */

import { type Page, expect } from "@playwright/test";

/** Takes an account on the provider's page, typing as a person does. */
export async function take(
  page: Page,
  provider: string,
  email: string,
  verified = true,
): Promise<void> {
  await expect(page.getByRole("heading", { name: `Sign in with ${provider}` })).toBeVisible();
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("First name").fill("Grace");
  await page.getByLabel("Last name").fill("Hopper");
  await page.getByRole("checkbox").setChecked(verified);
  await page.getByRole("button", { name: "Continue" }).click();
}
