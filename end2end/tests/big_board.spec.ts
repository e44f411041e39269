import { type Page, ada, card, expect, newBoard, signIn, test, untilInteractive } from "./fixtures";

test.describe.configure({ timeout: 360_000 });

const tasks = 1_000;
const columns = ["backlog", "todo", "in_progress", "done", "canceled"];
/** Milliseconds until it can be used on a slow machine with a telephone's network. */
const mostMilliseconds = 3_000;
/** Milliseconds until a move is saved: by unoptimized code, while others use the machine. */
const mostForAMove = 3_000;
/** How often a time is measured: a busy machine only makes it longer, so the best one counts. */
const attempts = 3;

/** Makes tasks in turns of columns, as a program would. */
async function fill(page: Page, url: string): Promise<void> {
  const project = new URL(page.url()).pathname.split("/").pop() ?? "";
  for (let number = 0; number < tasks; number += 1) {
    const answer = await page.request.post("/api/tasks/create", {
      headers: { accept: "application/json", origin: url },
      form: {
        org: "acme",
        project,
        title: `Task ${number}`,
        status: columns[number % columns.length] ?? "",
        request_id: crypto.randomUUID(),
      },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
}

test("a board of 1,000 tasks stays usable", async ({ page, browser, server }) => {
  await signIn(page, ada, "/app/acme/projects");
  await newBoard(page, "Big board");
  const board = new URL(page.url()).pathname;
  await fill(page, server.url);

  await page.goto(board);
  const column = page.getByRole("region", { name: "To do" });
  await expect(column.locator("[data-card]")).toHaveCount(50);
  await expect(column.locator("[data-count]")).toHaveText("200");
  await column.getByRole("link", { name: "Show 150 more" }).click();
  await expect(column.locator("[data-card]")).toHaveCount(200);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  // It begins where it went on.
  await expect(card(page, "Task 251").first()).toBeInViewport();

  const last = column.locator("[data-card]").last();
  const moves: number[] = [];
  for (let turn = 0; turn < attempts; turn += 1) {
    await last.getByRole("button", { name: /^Grab/ }).focus();
    const saved = page.waitForResponse("**/api/tasks/move");
    const began = Date.now();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    expect((await saved).ok()).toBe(true);
    await expect(page.locator("[data-card][aria-busy]")).toHaveCount(0);
    moves.push(Date.now() - began);
  }
  await expect(column.locator("[data-count]")).toHaveText("200");
  await expect(page.locator("[data-board-error]")).toHaveText("");
  console.log(`a move among 400 cards: ${moves.join(", ")} ms`);

  const state = await page.context().storageState();
  const times: number[] = [];
  while (times.length < attempts && !times.some((time) => time <= mostMilliseconds)) {
    times.push(await untilInteractive(browser, server.url, state, board));
  }
  console.log(`until a board of 1,000 is interactive: ${times.map(Math.round).join(", ")} ms`);
  expect.soft(Math.min(...times)).toBeLessThanOrEqual(mostMilliseconds);
  expect(Math.min(...moves)).toBeLessThanOrEqual(mostForAMove);
});
