/** clerk-js without its components. */

import type { Page } from "@playwright/test";

/** Runs a function in the page with its Clerk. */
export function clerkJs<T, A>(
  page: Page,
  run: (Clerk: any, given: A) => Promise<T>,
  given?: A,
): Promise<T> {
  return page.evaluate(`(${run})(window.Clerk, ${JSON.stringify(given ?? null)})`);
}
