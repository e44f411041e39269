import { type Page, expect } from "@playwright/test";

import type { Person } from "./people";

/** Signs in through Clerk's own component, typing as a person does. Ends on the page after it. */
export async function signIn(page: Page, person: Person, path = "/sign-in"): Promise<void> {
  await page.goto(path);
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(person.email);
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  const next = page.getByRole("button", { name: "Continue", exact: true });
  if (!(await password.isVisible())) await next.click();
  await password.pressSequentially(person.password);
  await next.click();
  await expect(page).not.toHaveURL(/\/sign-in/, { timeout: 20_000 });
}
