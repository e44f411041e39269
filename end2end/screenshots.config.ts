import tests from "./playwright.config";

/** What `cargo xtask screenshots` runs. */
export default {
  ...tests,
  projects: [{ name: "screenshots", testDir: "screenshots" }],
  workers: 1,
  retries: 0,
};
