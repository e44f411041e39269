import { ada, expect, signIn, test } from "./fixtures";

/** Bytes of compressed JavaScript and wasm that a page of the app may load. */
const BUDGET = 120_000;

test("a page of the app loads little and becomes interactive", async ({ page, browser, server }) => {
  await signIn(page, ada, "/app/acme/projects");
  const state = await page.context().storageState();

  const cold = await browser.newContext({ baseURL: server.url, storageState: state });
  const fresh = await cold.newPage();
  const sizes = new Map<string, number>();
  const finished: Promise<void>[] = [];
  fresh.on("requestfinished", (request) => {
    if (!/\.(js|wasm)(\?|$)/.test(request.url())) return;
    finished.push(
      request.sizes().then(({ responseBodySize }) => {
        sizes.set(new URL(request.url()).pathname, responseBodySize);
      }),
    );
  });
  await fresh.goto("/app/acme/projects");
  await expect(fresh.locator("html[data-ready]")).toBeAttached();
  await Promise.all(finished);
  await cold.close();

  const files = [...sizes.keys()];
  expect(files.some((file) => file.endsWith(".wasm")), files.join()).toBe(true);
  expect(files.some((file) => file.includes("clerk")), "clerk-js on an app page").toBe(false);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript and wasm of an app page: ${total} bytes`);
  expect(total).toBeGreaterThan(1000);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

test("the browser's files are compressed and cached for good", async ({ page, request }) => {
  await page.goto("/");
  const script = await page.locator("link[rel=modulepreload]").getAttribute("href");
  const answer = await request.get(script ?? "", { headers: { "accept-encoding": "br" } });
  expect(answer.headers()["content-encoding"]).toBe("br");
  expect(answer.headers()["cache-control"]).toContain("immutable");
});
