/** The shell by keyboard alone: palette, search, sheet, keys; and what its toasts take back. */

import { type Page, ada, axe, axeInBothThemes, createProject, expect, row, signIn, test } from "./fixtures";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 150_000 });

const palette = (page: Page) => page.getByRole("dialog", { name: "Go to…" });

async function openPalette(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
}

test("the palette leads to sections, projects and organizations by keyboard", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Zeppelin hangar");
  const field = page.getByRole("textbox", { name: "New project" });
  await field.focus();
  await openPalette(page);
  const combobox = palette(page).getByRole("combobox");
  await expect(combobox).toBeFocused();
  await expect(palette(page).getByRole("status")).toHaveText(/\d+ entries/);

  // Escape closes it and the focus is where it was.
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(field).toBeFocused();

  // The arrows move the mark, the focus stays in the field.
  await openPalette(page);
  const options = palette(page).getByRole("option");
  await expect(options.nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(options.nth(0)).toHaveAttribute("aria-selected", "false");
  await expect(combobox).toHaveAttribute("aria-activedescendant", "palette-options-1");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await expect(combobox).toBeFocused();

  // Enter goes where the answer to all that was typed leads, however fast it is pressed.
  await page.keyboard.type("zepp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zeppelin hangar");

  await openPalette(page);
  await page.keyboard.type("globex");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/app\/globex$/);
  // What is Acme's is not found from here.
  await openPalette(page);
  await page.keyboard.type("zeppelin");
  await expect(palette(page).getByRole("status")).toHaveText("Nothing by this name");
  await expect(palette(page).getByRole("option")).toHaveText(["Search for “zeppelin”"]);
  await axe(page);
});

test("the palette changes the theme, and says when nobody answers", async ({ page, problems }) => {
  problems.allow(/Failed to load resource|no answer/);
  await signIn(page, ada, "/app/acme");
  await openPalette(page);
  await axeInBothThemes(page);
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(palette(page)).toBeHidden();

  await openPalette(page);
  await page.route("**/app/acme/go?*", (route) => route.abort());
  await page.keyboard.type("proj");
  await expect(palette(page).getByRole("status")).toContainText("There is no answer.");
  await page.unroute("**/app/acme/go?*");
  await page.keyboard.type("ects");
  await expect(palette(page).getByRole("option").first()).toContainText("Projects");
});

test("an answer that comes too late is dropped", async ({ page }) => {
  await signIn(page, ada, "/app/acme");
  await openPalette(page);
  let release = () => {};
  const held = new Promise<void>((go) => (release = go));
  await page.route("**/app/acme/go?q=mem", async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/go\?q=mem$/);
  await page.keyboard.type("mem");
  await asked;
  await palette(page).getByRole("combobox").fill("settings");
  await expect(palette(page).getByRole("option").first()).toContainText("Settings");
  const late = page.waitForResponse(/go\?q=mem$/);
  release();
  await (await late).finished();
  await expect(palette(page).getByRole("option").first()).toContainText("Settings");
});

test("keys lead through the application, and are text in a field", async ({ page }) => {
  await signIn(page, ada, "/app/acme");
  const ready = () => expect(page.locator("html[data-ready]")).toBeAttached();
  await ready();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(page).toHaveURL(/\/members$/);
  await ready();
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/projects#new-project$/);
  const name = page.getByRole("textbox", { name: "New project" });
  await expect(name).toBeFocused();
  await ready();
  await page.keyboard.type("go / ? c");
  await expect(name).toHaveValue("go / ? c");
  await name.fill("");
  await name.blur();

  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search this organization" });
  await expect(search).toBeFocused();
  await page.keyboard.type("zebra");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/app\/acme\/search\?q=zebra$/);
  await ready();

  await page.locator("body").press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Show this list")).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Close" })).toBeFocused();
  await axeInBothThemes(page);
  await page.keyboard.press("?");
  await expect(sheet).toBeHidden();

  // On a board the key opens the first column's form.
  await page.goto("/app/acme/projects");
  await createProject(page, "Keys board");
  await row(page, "Keys board").getByRole("link", { name: "Keys board" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Keys board" })).toBeVisible();
  await ready();
  await page.keyboard.press("c");
  await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
});

test("a project that was put away is taken back by the notice", async ({ page }) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Put away");
  await row(page, "Put away").locator("summary").click();
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("status").getByText("Project archived.")).toBeVisible();
  await expect(page).toHaveURL(/\/projects$/);
  await axeInBothThemes(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Project restored.")).toBeVisible();
  await expect(row(page, "Put away")).toBeVisible();
});

test("one's data can be downloaded twice from the same page", async ({ page }) => {
  await signIn(page, ada, "/user/data");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  for (let time = 0; time < 2; time += 1) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download my data" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  }
});

test("on a narrow screen the search is a link, and the palette fits", async ({ page }, info) => {
  await signIn(page, ada, "/app/acme");
  await openPalette(page);
  await page.screenshot({ path: info.outputPath("palette-wide.png") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: info.outputPath("palette-dark.png") });
  await page.setViewportSize({ width: 320, height: 640 });
  await page.screenshot({ path: info.outputPath("palette-narrow.png") });
  await page.keyboard.press("Escape");
  await page.screenshot({ path: info.outputPath("shell-narrow.png") });
  await page.locator("body").press("/");
  await expect(page).toHaveURL(/\/app\/acme\/search$/);
});

test.describe("where motion is welcome", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("pages fade into each other, and one that is left early is no error", async ({ page }) => {
    await page.addInitScript(() => {
      addEventListener("pagereveal", ({ viewTransition }) => {
        document.documentElement.dataset.fades = String(viewTransition !== null);
      });
    });
    await signIn(page, ada, "/app/acme");
    const sections = page.getByRole("navigation", { name: "Sections" });
    await sections.getByRole("link", { name: "Projects", exact: true }).click();
    await expect(page.locator("html[data-fades=true]")).toBeAttached();
    // Two clicks at once: the first transition never gets to run.
    await sections.evaluate((links) => {
      links.querySelectorAll("a").forEach((link) => link.click());
    });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await sections.getByRole("link", { name: "Members", exact: true }).click();
    await expect(page.locator("html[data-fades=false]")).toBeAttached();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the keys are listed, and the header's search works", async ({ page }) => {
    await page.goto("/app/acme");
    await page.getByRole("link", { name: /without JavaScript/ }).click();
    await page.getByRole("textbox", { name: "Email address" }).pressSequentially(ada.email);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByLabel("Password", { exact: true }).pressSequentially(ada.password);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search this organization" }).fill("ada");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/search\?q=ada$/);
    await page.getByRole("banner").locator("summary").last().click();
    await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keyboard shortcuts");
  });
});
