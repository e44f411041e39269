/** The account portal's pages, typed through as a person does, and the mails that come meanwhile. */

import { type Browser, type Page, expect } from "@playwright/test";

import type { Instance, Person } from "../fixtures";

/** The page of the application that every journey begins from and comes back to. */
export const BACK = "/?from=portal";

/** The address of a page of the portal that leads back to the application. */
export function portal(path: string): string {
  return `/__clerk/portal/${path}?redirect_url=${encodeURIComponent(BACK)}`;
}

/** Waits until the portal has led back to the application. */
export async function expectBack(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/\?from=portal(&|$)/);
}

/** Types into the field with this label, whatever was there before. */
export async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.clear();
  await field.pressSequentially(text);
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

/** Names the person who signs in; ends where the password is asked for, if they have one. */
export async function name(page: Page, email: string): Promise<void> {
  await page.goto(portal("sign-in"));
  await type(page, "Email address", email);
  await press(page, "Continue");
}

/** Signs in by password; ends at the application. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await name(page, email);
  await type(page, "Password", password);
  await press(page, "Continue");
  await expectBack(page);
}

/** What one heading's part of the account's or the organization's page holds. */
export function part(page: Page, heading: string) {
  return page.getByRole("region", { name: heading, exact: true });
}

/** Asserts that this field is marked as wrong, says why, and has the focus. */
export async function expectWrong(page: Page, label: string, why: RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(why);
  await expect(field).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
}

/** A browser of its own, without JavaScript like the first one. */
export async function another(browser: Browser, instance: Instance): Promise<Page> {
  const context = await browser.newContext({ baseURL: instance.url, javaScriptEnabled: false });
  return context.newPage();
}

/** Reads the newest mail to an address in the outbox, in a tab of its own. */
async function newestMail<T>(page: Page, to: string, read: (tab: Page) => Promise<T>): Promise<T> {
  const tab = await page.context().newPage();
  try {
    await tab.goto(`/__clerk/outbox?to=${encodeURIComponent(to)}`);
    return await read(tab);
  } finally {
    await tab.close();
  }
}

/** The code in the newest mail to an address. */
export function mailedCode(page: Page, to: string): Promise<string> {
  return newestMail(page, to, (tab) => tab.getByTestId("code").first().innerText());
}

/** Where the link in the newest mail to an address leads. */
export function mailedLink(page: Page, to: string): Promise<string> {
  return newestMail(page, to, async (tab) => {
    const link = tab.getByTestId("mail").first().getByRole("link");
    return (await link.getAttribute("href")) ?? "";
  });
}
