/** What Lighthouse says of the pages that people see most, signed in. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

import { ada, addTask, expect, newBoard, signIn, test } from "../tests/fixtures";
import { freePort } from "../tests/support/program";

test.describe.configure({ timeout: 300_000 });

const least = 95;
/** How often each page is examined: of the scores for speed the middle one counts. */
const runs = 3;
const categories = ["performance", "accessibility", "best-practices"] as const;

test("overview and board please Lighthouse", async ({ server, launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-lighthouse-"));
  const port = await freePort();
  const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`];
  // Lighthouse opens a tab of its own, which has the cookies of the browser's first profile alone.
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    args,
    baseURL: server.url,
  });
  const flags = {
    port,
    disableStorageReset: true,
    onlyCategories: [...categories],
    logLevel: "error" as const,
  };
  try {
    const page = await context.newPage();
    await signIn(page, ada, "/app/acme/projects");
    await newBoard(page, "Examined by Lighthouse");
    for (let number = 1; number <= 8; number += 1) await addTask(page, "To do", `Task ${number}`);
    for (const url of [`${server.url}/app/acme`, page.url().split("?")[0] ?? ""]) {
      const scores = new Map<string, number[]>(categories.map((category) => [category, []]));
      const complaints = new Set<string>();
      for (let run = 0; run < runs; run += 1) {
        const report = (await lighthouse(url, flags))?.lhr;
        // Signed out it would have examined the sign-in page.
        expect(report?.finalDisplayedUrl).toBe(url);
        for (const category of categories) {
          scores.get(category)?.push((report?.categories[category]?.score ?? 0) * 100);
        }
        for (const audit of Object.values(report?.audits ?? {})) {
          if (audit.score === null || audit.score >= 0.9) continue;
          complaints.add(`${audit.id}: ${audit.displayValue ?? audit.title}`);
        }
      }
      for (const [category, found] of scores) {
        const middle = found.sort((a, b) => a - b)[Math.floor(found.length / 2)];
        console.log(`${new URL(url).pathname} ${category}: ${found.join(", ")}`);
        const what = `${category} of ${url}\n${[...complaints].join("\n")}`;
        expect.soft(middle, what).toBeGreaterThanOrEqual(least);
      }
    }
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
