/** The projects page, as a person speaks of it. */

import { type Locator, type Page, expect } from "@playwright/test";

/** The row of the project `name`. */
export function row(page: Page, name: string): Locator {
  return page.getByRole("main").getByRole("listitem").filter({ hasText: name });
}

/** Creates a project with the form of the page that is open. */
export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "New project" }).pressSequentially(name);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(row(page, name)).toBeVisible();
}

/** Opens the menu in the row of the project `name`. */
export async function openRowMenu(page: Page, name: string): Promise<void> {
  await row(page, name).locator("summary").click();
}

/** Switches to another of one's organizations with the menu in the header. */
export async function switchTo(page: Page, organization: string): Promise<void> {
  await page.getByRole("banner").locator("summary").first().click();
  await page.getByRole("link", { name: organization }).click();
  await expect(page.getByRole("banner").locator("summary").first()).toContainText(organization);
}

/** Signs out with the menu in the header. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("banner").locator("summary").last().click();
  await page.getByRole("button", { name: "Sign out" }).click();
}
