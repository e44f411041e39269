/** Reads the local instance's outbox as a person does: on its page. */

import { type Page, expect } from "@playwright/test";

/** The newest code sent to `email`. Leaves `page` where it is. */
export function codeFor(page: Page, email: string): Promise<string> {
  return inOutbox(page, email, async (outbox) => {
    const code = outbox.locator("main").getByText(/^\d{6}$/).first();
    await expect(code).toBeVisible({ timeout: 500 });
    return (await code.innerText()).trim();
  });
}

/** Where the link in the newest mail to `email` leads. Leaves `page` where it is. */
export function linkFor(page: Page, email: string): Promise<string> {
  return inOutbox(page, email, async (outbox) => {
    const link = outbox.getByTestId("mail").first().getByRole("link");
    await expect(link).toBeVisible({ timeout: 500 });
    return (await link.getAttribute("href")) ?? "";
  });
}

/** Looks for something in the mails to `email`, in a tab of its own, until it is there. */
async function inOutbox(
  page: Page,
  email: string,
  look: (outbox: Page) => Promise<string>,
): Promise<string> {
  const outbox = await page.context().newPage();
  let found = "";
  try {
    await expect(async () => {
      await outbox.goto(`/__clerk/outbox?to=${encodeURIComponent(email)}`);
      found = await look(outbox);
    }).toPass();
    return found;
  } finally {
    await outbox.close();
  }
}
