import { defineConfig } from "@playwright/test";

/** A Chromium to start, or `playwright` for the one that Playwright downloaded. */
const chromium = process.env.TENANTRY_CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  projects: [
    { name: "tenantry", testDir: "tests" },
    // The local Clerk instance alone, driven by Clerk's own clients.
    { name: "clerk-local", testDir: "clerk-local" },
    // It measures time, so it has the machine for itself (alone: `--project lighthouse --no-deps`).
    { name: "lighthouse", testDir: "lighthouse", dependencies: ["tenantry", "clerk-local"] },
  ],
  // Each worker has a server and databases of its own (tests/support/server.ts).
  workers: 2,
  // The timing of Chromium and of Clerk's components is not ours. What passes only the second
  // time is counted apart, and shown.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Pages that fade into each other take no clicks meanwhile; `shell.spec.ts` lets them.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    // What it is for stands in tests/offline.spec.ts; elsewhere requests stay where tests see them.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: chromium === "playwright" ? undefined : chromium,
      chromiumSandbox: false,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // clerk-js takes a browser that says it is automated for no valid browser.
        "--disable-blink-features=AutomationControlled",
      ],
    },
  },
});
