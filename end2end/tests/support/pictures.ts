import type { BrowserContext } from "@playwright/test";

const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>`;

/**
 * Clerk's components take the sign-in providers' logos from Clerk's own host, whatever the
 * instance: one picture stands in for them all, so that no test depends on the network.
 */
export async function standInForClerksPictures(context: BrowserContext): Promise<void> {
  await context.route("https://img.clerk.com/static/*", (route) =>
    route.fulfill({
      contentType: "image/svg+xml",
      headers: { "access-control-allow-origin": "*" },
      body: picture,
    }),
  );
}
