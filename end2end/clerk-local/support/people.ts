/** People who exist already, and the mails that reach them. */

import { randomUUID } from "node:crypto";

import { type Page, expect } from "@playwright/test";

import type { Instance } from "./instance";

export interface Person {
  id: string;
  email: string;
  password: string;
}

/** A new address; with `+clerk_test` it takes 424242 as its code. */
export function address(name = "ann", test = true): string {
  return `${name}-${randomUUID().slice(0, 8)}${test ? "+clerk_test" : ""}@example.com`;
}

/** A person with a verified address and a password. */
export async function person(instance: Instance, name = "ann"): Promise<Person> {
  const [email, password] = [address(name), "correct horse battery"];
  const first = name.charAt(0).toUpperCase() + name.slice(1);
  const user = await instance.backend<{ id: string }>("POST", "/users", {
    email_address: [email],
    password,
    first_name: first,
    last_name: "Tester",
  });
  return { id: user.id, email, password };
}

/** Signs in through Clerk's own component, typing as a person does. */
export async function signIn(page: Page, { email, password }: Person, origin = ""): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(email);
  const field = page.getByRole("textbox", { name: "Password", exact: true });
  const next = page.getByRole("button", { name: "Continue", exact: true });
  if (!(await field.isVisible())) await next.click();
  await field.pressSequentially(password);
  await next.click();
  await expect(page.locator("#who")).toContainText(email, { timeout: 20_000 });
}

/** Signs in by clerk-js alone, without its components; ends on `/`. */
export async function signInQuickly(page: Page, { email, password }: Person): Promise<void> {
  await open(page);
  await page.evaluate(
    async ([identifier, password]) => {
      const { Clerk } = window as any;
      const attempt = await Clerk.client.signIn.create({ identifier, password });
      await Clerk.setActive({ session: attempt.createdSessionId });
    },
    [email, password] as const,
  );
  await expect(page.locator("#who")).toContainText(email);
}

/** Opens a page of the playground and waits until clerk-js is loaded there. */
export async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("body[data-ready=true]")).toBeAttached({ timeout: 20_000 });
}

/** Signs out by clerk-js, which then opens the front page anew. */
export async function signOut(page: Page): Promise<void> {
  await Promise.all([
    page.waitForEvent("load"),
    page.evaluate(() => void (window as any).Clerk.signOut()),
  ]);
  await expect(page.locator("#who")).toHaveText("Signed out");
}
