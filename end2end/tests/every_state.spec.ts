/** axe on every page in each of its states: light and dark, wide and narrow. */

import { type Page, ada, axe, expect, looksOnly, signIn, test as base } from "./fixtures";
import { type Person, furnish, states, standInForClerksPictures } from "./fixtures";

interface Examined {
  /** A page that stays open for all tests, with this person signed in. */
  pageOf: (person?: Person) => Promise<Page>;
}

const test = base.extend<object, Examined>({
  pageOf: [
    async ({ browser, server }, use) => {
      const pages = new Map<string, Page>();
      const open = async (person?: Person): Promise<Page> => {
        const options = { baseURL: server.url, locale: "en-GB", reducedMotion: "reduce" } as const;
        const context = await browser.newContext(options);
        await standInForClerksPictures(context);
        const page = await context.newPage();
        if (person) await signIn(page, person, "/app/acme");
        if (person === ada) await furnish(page);
        return page;
      };
      await use(async (person) => {
        // What is there to be seen, ada makes.
        for (const one of new Set([ada, person])) {
          const key = one?.email ?? "";
          if (!pages.has(key)) pages.set(key, await open(one));
        }
        return pages.get(person?.email ?? "") as Page;
      });
      for (const page of pages.values()) await page.context().close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

// The first one waits for the sign-in, and for what there is to see.
test.describe.configure({ timeout: 150_000 });

for (const { name, as, path, act } of states) {
  test(name, async ({ pageOf }) => {
    const page = await pageOf(as);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    await act?.(page);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 720 });
      await page.emulateMedia({ colorScheme: "light" });
      await axe(page);
      // The theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: "dark" });
      await axe(page, looksOnly);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
  });
}
