/**
 * What every test of the local Clerk instance starts from. Its pages are the playground's: Clerk's
 * own client and components as published, served by the instance.
 *
 * Each worker runs an instance of its own; a test that needs other arguments starts another.
 */

import { test as base } from "@playwright/test";

import { Instance } from "./support/instance";

export { expect, type Page } from "@playwright/test";
export { Instance } from "./support/instance";
export { address, open, person, type Person, signIn, signInQuickly, signOut } from "./support/people";

export const test = base.extend<{ instanceLog: void }, { instance: Instance }>({
  instance: [
    async ({}, use) => {
      const instance = await Instance.start();
      await use(instance);
      await instance.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: async ({ instance }, use) => use(instance.url),

  instanceLog: [
    async ({ instance }, use, info) => {
      const mark = instance.log().length;
      await use();
      if (info.status !== info.expectedStatus) {
        const body = instance.log().slice(mark);
        await info.attach("instance.log", { body, contentType: "text/plain" });
      }
    },
    { auto: true },
  ],
});
