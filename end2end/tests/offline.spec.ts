/** Without a network: the service worker's page, and the way back. */

import { type Page, ada, axeInBothThemes, expect, signIn, test } from "./fixtures";

test.use({ serviceWorkers: "allow" });

/** What the browser says of requests that fail without a network. */
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|no answer|not sent/i;

/** Waits until the worker answers for the pages that are opened next. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}

/** The paths of everything that is kept. */
function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) paths.push(new URL(request.url).pathname);
    }
    return paths;
  });
}

test("a page that can't be reached says so, and comes by itself", async ({
  page,
  context,
  problems,
}) => {
  problems.allow(noNetwork);
  await signIn(page, ada, "/app/acme");
  await kept(page);
  await context.setOffline(true);
  await page.goto("/app/acme/projects");
  await expect(page.getByRole("heading", { level: 1, name: "You are offline" })).toBeVisible();
  await expect(page).toHaveURL(/\/app\/acme\/projects$/);
  // The style sheet is there as well.
  await expect(page.getByRole("link", { name: "Try again" })).toHaveCSS("border-radius", "7px");
  await axeInBothThemes(page);

  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are offline" })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
});

test("it speaks the language that was chosen last", async ({ page, context, problems }) => {
  problems.allow(noNetwork);
  await page.goto("/");
  await kept(page);
  await page.getByRole("contentinfo").getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  // The worker hears of it by the answer's header, and asks once more.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const page = await caches.match("/offline", { ignoreVary: true });
        return page?.headers.get("content-language");
      }),
    )
    .toBe("de");
  await context.setOffline(true);
  await page.goto("/sign-up");
  await expect(page.getByRole("heading", { level: 1, name: "Sie sind offline" })).toBeVisible();
});

test("nothing private is kept, and sessions are renewed as ever", async ({ page, context }) => {
  await signIn(page, ada, "/app/acme");
  await kept(page);
  for (const path of ["/app/acme/projects", "/app/acme/members", "/user/preferences"]) {
    await page.goto(path);
  }
  // Without its session token a page goes through Clerk's handshake: redirects, with cookies.
  await context.clearCookies({ name: /^__session/ });
  await page.goto("/app/acme/my-tasks");
  await expect(page.getByRole("heading", { level: 1, name: "My tasks" })).toBeVisible();

  const paths = await keptPaths(page);
  expect(paths).toContain("/offline");
  for (const path of paths) expect(path).toMatch(/^\/offline$|\.css$|\.woff2$/);
});
