/**
 * What every test starts from: `import { test, expect } from "./fixtures"`.
 *
 * Each worker runs a server of its own, seeded; each test fails on console errors, uncaught
 * exceptions and CSP violations, and shows the server's log when it fails.
 */

import { test as base } from "@playwright/test";

import { PageProblems } from "./support/page_problems";
import { standInForClerksPictures } from "./support/pictures";
import { Server } from "./support/server";

export { type Browser, expect, type Locator, type Page } from "@playwright/test";
export { axe, axeInBothThemes, looksOnly } from "./support/axe";
export { addTask, card, newBoard, titles } from "./support/boards";
export { type Person, ada, ben, cleo, dora } from "./support/people";
export { codeFor, linkFor } from "./support/outbox";
export { createProject, openRowMenu, row, signOut, switchTo } from "./support/projects";
export { type Storage, untilInteractive } from "./support/slow_phone";
export { furnish, states } from "./support/states";
export { standInForClerksPictures } from "./support/pictures";
export { signIn, signInAtThePortal, signInByComponent, throughThePortal } from "./support/sign_in";

interface TestFixtures {
  problems: PageProblems;
  serverLog: void;
}

interface WorkerFixtures {
  server: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  problems: [
    async ({ context }, use) => {
      await standInForClerksPictures(context);
      const problems = await PageProblems.watch(context);
      await use(problems);
      await problems.expectNone();
    },
    { auto: true },
  ],

  serverLog: [
    async ({ server }, use, info) => {
      const mark = server.logMark();
      await use();
      if (info.status !== info.expectedStatus) {
        await info.attach("server.log", {
          body: server.logSince(mark),
          contentType: "text/plain",
        });
      }
    },
    { auto: true },
  ],
});
