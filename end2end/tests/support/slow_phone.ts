/** A slow machine with a telephone's network. */

import { type Browser, type Page, expect } from "@playwright/test";

/** Somebody's session. */
export type Storage = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

/** Milliseconds from the request to the moment when cards can be taken hold of. */
export async function untilInteractive(
  browser: Browser,
  baseURL: string,
  state: Storage,
  path: string,
): Promise<number> {
  const context = await browser.newContext({ baseURL, storageState: state });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  // "Fast 4G" of Chromium's developer tools.
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    downloadThroughput: (9_000_000 / 8) * 0.9,
    uploadThroughput: (1_500_000 / 8) * 0.9,
    latency: 60 * 2.75,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.documentElement?.hasAttribute("data-ready")) return;
      watch.disconnect();
      performance.mark("interactive");
    });
    watch.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
  });
  await page.goto(path);
  await expect(page.getByRole("button", { name: /^Grab/ }).first()).toBeVisible();
  const time = await page.evaluate(() => performance.getEntriesByName("interactive")[0]?.startTime);
  await context.close();
  return time ?? Infinity;
}
