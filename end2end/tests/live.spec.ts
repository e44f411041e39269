import type { Browser } from "@playwright/test";

import {
  type Page,
  type Person,
  ada,
  axeInBothThemes,
  ben,
  cleo,
  createProject,
  dora,
  expect,
  row,
  signIn,
  test,
} from "./fixtures";
import { standInForClerksPictures } from "./support/pictures";
import type { Server } from "./support/server";

// Three people sign in, and pages are examined in both themes.
test.describe.configure({ timeout: 150_000 });

/** Somebody with a browser of their own, signed in and at `path`. */
async function visitor(
  browser: Browser,
  server: Server,
  person: Person,
  path: string,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  await standInForClerksPictures(context);
  const page = await context.newPage();
  await signIn(page, person, path);
  return page;
}

/** Marks the page as it is; a page that is loaded anew has no mark. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute("data-marked", ""));
}

async function expectMark(page: Page): Promise<void> {
  await expect(page.locator("html[data-marked]")).toBeAttached();
}

function column(page: Page, status: string) {
  return page.getByRole("region", { name: status });
}

async function addTask(page: Page, status: string, title: string): Promise<void> {
  const place = column(page, status);
  await place.locator("summary", { hasText: "Add task" }).click();
  await place.getByRole("textbox", { name: "Title" }).fill(title);
  await place.getByRole("button", { name: "Add task" }).click();
  await expect(card(page, title)).toBeVisible();
}

function card(page: Page, title: string) {
  return page.locator("[data-card]").filter({ hasText: title });
}

/** Resolves when the page hears of what others do. */
async function listening(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

test("what others do appears without a reload, and not in another organization", async ({
  page,
  browser,
  server,
}) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Live board");
  await row(page, "Live board").getByRole("link", { name: "Live board" }).click();
  const heading = page.getByRole("heading", { level: 1, name: "Live board" });
  await expect(heading).toBeVisible();
  const board = new URL(page.url()).pathname;
  const atBen = await visitor(browser, server, ben, board);
  const atCleo = await visitor(browser, server, cleo, "/app/globex/projects");
  for (const other of [atBen, atCleo]) {
    await listening(other);
    await mark(other);
  }
  let read = 0;
  atCleo.on("request", () => (read += 1));
  const theirs = await atCleo.getByRole("main").innerText();

  // Ben is in the middle of something.
  await column(atBen, "Backlog").locator("summary", { hasText: "Add task" }).click();
  const typing = column(atBen, "Backlog").getByRole("textbox", { name: "Title" });
  await typing.pressSequentially("Half a thou");

  await addTask(page, "To do", "Appears");
  await expect(card(atBen, "Appears")).toBeVisible();
  await expect(column(atBen, "To do").locator("[data-count]")).toHaveText("1");
  await expect(atBen.locator("[data-live-says]")).toContainText("It is up to date now");
  await expect(typing).toBeFocused();
  await expect(typing).toHaveValue("Half a thou");
  await typing.press("g");
  await expect(typing).toHaveValue("Half a thoug");

  await card(page, "Appears").locator("summary").click();
  await page.getByRole("button", { name: "To Done" }).click();
  await expect(column(atBen, "Done")).toContainText("Appears");
  await expect(column(atBen, "To do").locator("[data-card]")).toHaveCount(0);

  // A card that came can be moved as any other, and that is seen where it came from.
  await listening(page);
  await mark(page);
  const grab = atBen.getByRole("button", { name: "Grab “Appears”" });
  await grab.focus();
  await atBen.keyboard.press("Space");
  await atBen.keyboard.press("ArrowLeft");
  const saved = atBen.waitForResponse(/\/api\/tasks\/move/);
  await atBen.keyboard.press("Space");
  expect((await saved).status()).toBe(200);
  await expect(column(page, "In progress")).toContainText("Appears");
  await expect(grab).toBeFocused();
  await expect(typing).toHaveValue("Half a thoug");

  for (const one of [page, atBen, atCleo]) await expectMark(one);
  expect(read, "Cleo's page asked for something").toBe(0);
  expect(await atCleo.getByRole("main").innerText()).toBe(theirs);
  await atBen.context().close();
  await atCleo.context().close();
});

test("who is here, who is typing, and who was faster", async ({ page, browser, server }) => {
  await signIn(page, ada, "/app/acme/projects");
  await createProject(page, "Busy board");
  await row(page, "Busy board").getByRole("link", { name: "Busy board" }).click();
  await addTask(page, "To do", "Discussed");
  await card(page, "Discussed").getByRole("link", { name: "Discussed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Discussed");
  await listening(page);
  await mark(page);
  const task = new URL(page.url()).pathname;
  const atBen = await visitor(browser, server, ben, task);
  const others = page.locator(".also-here");
  await expect(others).toContainText("Ben");
  await expect(others).toContainText("online");
  await expect(atBen.locator(".also-here")).toContainText("Ada");
  await listening(atBen);

  await atBen.getByRole("textbox", { name: "Your comment" }).pressSequentially("I think");
  const typing = page.getByText(/Ben.* is writing a comment/);
  await expect(typing).toBeVisible();
  await axeInBothThemes(page);
  // It vanishes by itself.
  await expect(typing).toHaveCount(0, { timeout: 20_000 });
  await expectMark(page);

  // Both edit the description. Ada is faster.
  await atBen.locator("summary", { hasText: "Edit title" }).click();
  const description = atBen.getByRole("textbox", { name: "Description" });
  await description.fill("Ben’s words");
  await page.locator("summary", { hasText: "Edit title" }).click();
  await page.getByRole("textbox", { name: "Description" }).fill("Ada’s words");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(atBen.locator(".markdown").getByText("Ada’s words")).toBeVisible();
  await expect(description).toHaveValue("Ben’s words");
  await expect(atBen.getByRole("textbox", { name: "Your comment" })).toHaveValue("I think");
  await atBen.getByRole("button", { name: "Save", exact: true }).click();
  await expect(atBen.getByText(/Somebody else changed this meanwhile/).first()).toBeVisible();
  await expect(description).toHaveValue("Ben’s words");

  await page.goto("/app/acme");
  const hereNow = page.getByRole("region", { name: "Here now" });
  await expect(hereNow).toContainText("Ada");
  await expect(hereNow).toContainText("Ben");
  await axeInBothThemes(page);
  await atBen.context().close();
});

test("who is removed is led away at once", async ({ page, browser, server }) => {
  await signIn(page, ada, "/app/acme/members");
  await page.getByRole("textbox", { name: "Email address" }).fill(dora.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText(dora.email, { exact: true })).toBeVisible();
  const atDora = await visitor(browser, server, dora, "/select-organization");
  await atDora.getByRole("button", { name: /accept/i }).first().click();
  await expect(atDora).toHaveURL(/\/app\/acme/);
  await atDora.goto("/app/acme/projects");
  await listening(atDora);

  // She appears in Ada's list by herself.
  const member = page.locator("li").filter({ hasText: dora.email });
  await expect(member.locator("summary")).toBeVisible();
  await member.locator("summary").click();
  await member.getByRole("link", { name: /remove/i }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();

  const dialog = atDora.getByRole("dialog", { name: "You no longer have access" });
  await expect(dialog).toBeVisible();
  await axeInBothThemes(atDora);
  await dialog.getByRole("link", { name: "Leave this page" }).click();
  await expect(atDora).toHaveURL(/\/select-organization/);
  await atDora.context().close();
});
