/**
 * The pictures of the README and of the landing page: the main pages with what `tenantry seed` makes,
 * in both themes.
 */

import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Page, ada, expect, signIn, test } from "../tests/fixtures";

const folder = join(import.meta.dirname, "../../docs/images");
const landing = join(import.meta.dirname, "../../public/images");
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

/** The landing page's pictures of a board: their names, sizes in CSS pixels, and density. */
const boards: [name: string, width: number, height: number, density: number][] = [
  ["1280", 1280, 720, 1],
  ["2560", 1280, 720, 2],
  ["narrow", 480, 560, 2],
];
/** Bytes of one picture that every visitor loads. */
const mostOnLanding = 110_000;

for (const [name, width, height, density] of boards) {
  test.describe(`the landing page's picture, ${name}`, () => {
    test.use({ viewport: { width, height }, deviceScaleFactor: density });

    test("in both themes", async ({ page, context }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await signIn(page, ada, "/app/acme");
      await openBoard(page);
      const blank = await context.newPage();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const png = await page.screenshot({ animations: "disabled" });
        const path = join(landing, `board-${colorScheme}-${name}.webp`);
        writeFileSync(path, await webp(blank, png));
        expect(statSync(path).size, `bytes of ${path}`).toBeLessThanOrEqual(mostOnLanding);
      }
    });
  });
}

/** The same picture as WebP, which Chromium writes and Playwright does not. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const address = await page.evaluate(async (base64) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${base64}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    return canvas.toDataURL("image/webp", 0.75);
  }, png.toString("base64"));
  return Buffer.from(address.split(",")[1] ?? "", "base64");
}
