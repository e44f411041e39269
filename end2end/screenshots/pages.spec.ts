/** The README's pictures: the main pages with what `tenantry seed` makes, in both themes. */

import { statSync } from "node:fs";
import { join } from "node:path";

import { type Page, ada, expect, signIn, test } from "../tests/fixtures";

const folder = join(import.meta.dirname, "../../docs/images");
/** Bytes of one picture. */
const most = 150_000;

/** The main pages: what each picture is called, and the way to its page. */
const pages: [name: string, open: (page: Page) => Promise<void>][] = [
  ["overview", async (page) => void (await page.goto("/app/acme"))],
  ["board", openBoard],
  [
    "task",
    async (page) => {
      await openBoard(page);
      // One with something to show.
      const card = page.locator("[data-card]").filter({ hasText: "comment" }).first();
      await card.locator(".card-title a").click();
      await expect(page.getByRole("heading", { name: "Comments" })).toBeVisible();
    },
  ],
  ["members", async (page) => void (await page.goto("/app/acme/members"))],
];

async function openBoard(page: Page): Promise<void> {
  await page.goto("/app/acme/projects");
  await page.locator("li.row a").first().click();
  await expect(page.locator("[data-board]")).toBeVisible();
}

test("pictures of the main pages", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, ada, "/app/acme");
  for (const [name, open] of pages) {
    await open(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(folder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: "disabled" });
      expect(statSync(path).size, `bytes of ${path}`).toBeLessThanOrEqual(most);
    }
  }
});
