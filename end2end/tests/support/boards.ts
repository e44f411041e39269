/** A project's board, as a person speaks of it. */

import { type Locator, type Page, expect } from "@playwright/test";

import { createProject, row } from "./projects";

/** Opens the board of a new project, from the list of projects. */
export async function newBoard(page: Page, name: string): Promise<void> {
  await createProject(page, name);
  await row(page, name).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Adds a task at the end of a column with the form at its foot. */
export async function addTask(page: Page, status: string, title: string): Promise<void> {
  const column = page.getByRole("region", { name: status });
  await column.locator("summary", { hasText: "Add task" }).click();
  await column.getByRole("textbox", { name: "Title" }).fill(title);
  await column.getByRole("button", { name: "Add task" }).click();
  await expect(card(page, title)).toBeVisible();
}

/** The card of a task. */
export function card(page: Page, title: string): Locator {
  return page.locator("[data-card]").filter({ hasText: title });
}

/** The titles of a column's cards, from above. */
export async function titles(page: Page, status: string): Promise<string[]> {
  const links = page.getByRole("region", { name: status }).locator(".card-title a");
  return links.allInnerTexts();
}
