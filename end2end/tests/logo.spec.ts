import { writeFileSync } from "node:fs";

import { type Locator, type Page, ada, ben, expect, signIn, switchTo, test } from "./fixtures";

/** The section with the logo, on the settings page. */
const section = (page: Page): Locator => page.getByRole("region", { name: "Logo", exact: true });

/** The logo in the button of the switcher. */
const inSwitcher = (page: Page): Locator => page.getByRole("banner").locator("summary img").first();

/** The browser takes it for what its name says. */
async function upload(page: Page, bytes: Buffer): Promise<void> {
  const path = test.info().outputPath("logo.png");
  writeFileSync(path, bytes);
  await section(page).getByLabel("New logo").setInputFiles(path);
  await section(page).getByRole("button", { name: "Upload" }).click();
}

/** Whether the browser has drawn it. */
const drawn = (image: Locator): Promise<boolean> =>
  image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0);

async function size(element: Locator): Promise<(number | undefined)[]> {
  const box = await element.boundingBox();
  return [box?.width, box?.height];
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an organization gets a logo, which everybody sees, and loses it", async ({
      page,
      browser,
      server,
    }) => {
      await signIn(page, ada, "/app/globex/settings");
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 48, height: 48 } });
      await expect(inSwitcher(page)).toHaveCount(0);
      const letter = await size(page.getByRole("banner").locator("summary .avatar").first());

      await upload(page, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
      const file = section(page).getByLabel("New logo");
      await expect(file).toHaveAttribute("aria-invalid", "true");
      await expect(file).toHaveAccessibleDescription(/not a PNG, JPEG, GIF or WebP picture/);
      // More than the server takes, sent to its end all the same.
      await upload(page, Buffer.concat([picture, Buffer.alloc(20 * 1024 * 1024)]));
      await expect(file).toHaveAccessibleDescription(/Use a file of 5 MB or less/);
      await expect(inSwitcher(page)).toHaveCount(0);

      await upload(page, picture);
      await expect(page.getByText("Logo saved.")).toBeVisible();
      await expect(section(page).getByRole("img", { name: "The logo of Globex" })).toBeVisible();
      await expect.poll(() => drawn(inSwitcher(page))).toBe(true);
      // As large as the letter that was there before, and nothing to read.
      await expect(inSwitcher(page)).toHaveAttribute("alt", "");
      expect(await size(inSwitcher(page))).toEqual(letter);

      // Another organization has its letter, and shows the logo of this one among the others.
      await switchTo(page, "Acme");
      await expect(page).toHaveURL(/\/app\/acme$/);
      await page.goto("/select-organization");
      const listed = page.getByRole("main").getByRole("link", { name: /Globex/ });
      await expect.poll(() => drawn(listed.locator("img"))).toBe(true);
      const acme = page.getByRole("main").getByRole("link", { name: /^Acme/ });
      await expect(acme.locator("img")).toHaveCount(0);

      // Who may not change it has no way to.
      const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
      const bens = await context.newPage();
      await signIn(bens, ben, "/app/acme/settings");
      await expect(bens.getByRole("heading", { name: "Leave", exact: true })).toBeVisible();
      await expect(section(bens)).toHaveCount(0);
      await context.close();

      await page.goto("/app/globex/settings");
      await section(page).getByRole("button", { name: "Remove logo" }).click();
      await expect(page.getByText("Logo removed.")).toBeVisible();
      await expect(inSwitcher(page)).toHaveCount(0);
      await expect(section(page).getByRole("button", { name: "Remove logo" })).toHaveCount(0);
    });
  });
}
