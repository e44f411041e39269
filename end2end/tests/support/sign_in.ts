import { type Page, expect } from "@playwright/test";

import type { Person } from "./people";

/** Signs in the quick way, at the portal, which loads no script. Ends on the page that is named. */
export async function signIn(page: Page, person: Person, path = "/app"): Promise<void> {
  await page.goto(`/__clerk/portal/sign-in?redirect_url=${encodeURIComponent(path)}`);
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await enterPassword(page, person);
}

/** Signs in through Clerk's own component, typing as a person does. Ends on the page after it. */
export async function signInByComponent(page: Page, person: Person, path = "/sign-in"): Promise<void> {
  await page.goto(path);
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(person.email);
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  const next = page.getByRole("button", { name: "Continue", exact: true });
  if (!(await password.isVisible())) await next.click();
  await password.pressSequentially(person.password);
  await next.click();
  await expect(page).not.toHaveURL(/\/sign-in/, { timeout: 20_000 });
}

/** Asks for a page, and names the person at the portal that needs no JavaScript. */
export async function throughThePortal(page: Page, path: string, email: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("link", { name: /without JavaScript/ }).click();
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
}

/** Signs in there with the password. Ends on the page that was asked for. */
export async function signInAtThePortal(page: Page, person: Person, path: string): Promise<void> {
  await throughThePortal(page, path, person.email);
  await enterPassword(page, person);
}

async function enterPassword(page: Page, { password }: Person): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
