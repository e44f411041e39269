import {
  type Browser,
  type Storage,
  ada,
  addTask,
  expect,
  newBoard,
  signIn,
  test,
  untilInteractive,
} from "./fixtures";

/** Requests that a page of the app may make, its own included. */
const mostRequests = 12;
/** Milliseconds until a board can be used on a slow machine with a telephone's network. */
const mostMilliseconds = 1_500;
/** How often a time is measured: a busy machine only makes it longer, so the best one counts. */
const attempts = 3;

/** What a page has asked for. */
interface Load {
  /** The paths, in order. */
  requests: string[];
  /** Compressed bytes of scripts and wasm. */
  bytes: number;
}

/** Opens a page with somebody's session and nothing in the cache. */
async function load(browser: Browser, baseURL: string, state: Storage, path: string): Promise<Load> {
  const context = await browser.newContext({ baseURL, storageState: state });
  const page = await context.newPage();
  const requests: string[] = [];
  const sizes: Promise<number>[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("requestfinished", (request) => {
    if (!/\.(js|wasm)(\?|$)/.test(request.url())) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(path);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return { requests, bytes };
}

test("pages of the app load little and become interactive", async ({ page, browser, server }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Weighed board");
  const board = new URL(page.url()).pathname;
  const state = await page.context().storageState();
  // Bytes of compressed JavaScript and wasm that each may load.
  const budgets: [path: string, mostBytes: number][] = [
    ["/app/acme", 130_000],
    ["/app/acme/projects", 120_000],
    [board, 130_000],
  ];
  for (const [path, mostBytes] of budgets) {
    const { requests, bytes } = await load(browser, server.url, state, path);
    console.log(`${path}: ${requests.length} requests, ${bytes} bytes of JavaScript and wasm`);
    const all = requests.join("\n");
    expect(requests.some((file) => file.endsWith(".wasm")), all).toBe(true);
    expect(requests.filter((file) => file.includes("/npm/@clerk/")), "clerk-js or its UI").toEqual([]);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes, all).toBeLessThanOrEqual(mostBytes);
    expect(requests.length, all).toBeLessThanOrEqual(mostRequests);
  }
});

test("a board is soon usable on a slow machine with a telephone's network", async ({
  page,
  browser,
  server,
}) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Timed board");
  for (let number = 1; number <= 5; number += 1) await addTask(page, "To do", `Task ${number}`);
  const board = new URL(page.url()).pathname;
  const state = await page.context().storageState();
  const times: number[] = [];
  while (times.length < attempts && !times.some((time) => time <= mostMilliseconds)) {
    times.push(await untilInteractive(browser, server.url, state, board));
  }
  console.log(`until a board is interactive: ${times.map(Math.round).join(", ")} ms`);
  expect(Math.min(...times)).toBeLessThanOrEqual(mostMilliseconds);
});

test("pages are compressed", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.headers()["content-encoding"]).toBe("gzip");
});

test("the browser's files are compressed and cached for good", async ({ page, request }) => {
  await page.goto("/");
  const script = await page.locator("link[rel=modulepreload]").getAttribute("href");
  const answer = await request.get(script ?? "", { headers: { "accept-encoding": "br" } });
  expect(answer.headers()["content-encoding"]).toBe("br");
  expect(answer.headers()["cache-control"]).toContain("immutable");
});
