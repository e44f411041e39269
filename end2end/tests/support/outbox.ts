/** Reads the local instance's outbox as a person does: on its page. */

import { type Page, expect } from "@playwright/test";

/** The newest code sent to `email`. Leaves `page` where it is. */
export async function codeFor(page: Page, email: string): Promise<string> {
  const outbox = await page.context().newPage();
  try {
    const code = outbox.locator("main").getByText(/^\d{6}$/).first();
    await expect(async () => {
      await outbox.goto(`/__clerk/outbox?to=${encodeURIComponent(email)}`);
      await expect(code).toBeVisible({ timeout: 500 });
    }).toPass();
    return (await code.innerText()).trim();
  } finally {
    await outbox.close();
  }
}
