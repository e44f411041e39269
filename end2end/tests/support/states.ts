/** Every page in each of its states: what a person meets when there is nothing, plenty, or a mistake. */

import { type Page, expect } from "@playwright/test";

import { addTask, card, newBoard } from "./boards";
import { type Person, ada, ben } from "./people";

/** A page in one of its states. */
export interface State {
  /** Which page, and in which state. */
  name: string;
  /** Who looks at it; nobody in particular if not said. */
  as?: Person;
  /** Its address. */
  path: string;
  /** What is done there to bring it into this state. */
  act?: (page: Page) => Promise<void>;
}

/** Types something refused into a field, sends it, and waits for the answer beside the field. */
function refuse(field: string, text: string, button: string) {
  return async (page: Page): Promise<void> => {
    await page.getByRole("textbox", { name: field, exact: true }).first().fill(text);
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
  };
}

/** Uploads a picture of the page as its organization's logo, or this text. */
function logo(text?: string) {
  return async (page: Page): Promise<void> => {
    const buffer = text
      ? Buffer.from(text)
      : await page.screenshot({ clip: { x: 0, y: 0, width: 48, height: 48 } });
    const file = { name: "logo.png", mimeType: "image/png", buffer };
    await page.getByLabel("New logo").setInputFiles(file);
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    const answer = text ? page.locator("#logo-error") : page.getByText("Logo saved.");
    await expect(answer).toBeVisible();
  };
}

/** Opens the first project that has a name like this. */
function project(name: string, view = "") {
  return async (page: Page): Promise<void> => {
    await page.getByRole("main").getByRole("link", { name }).first().click();
    await expect(page.locator("[data-board]")).toBeVisible();
    if (view) await page.goto(`${page.url().split("?")[0]}?${view}`);
  };
}

/** What the states below are about: an empty organization, and a project with a full task. */
export async function furnish(page: Page): Promise<void> {
  await page.goto("/select-organization");
  await page.getByRole("textbox", { name: "Name" }).fill("Hollow");
  await page.getByRole("textbox", { name: "Slug" }).fill("hollow");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/app\/hollow/);
  await page.goto("/app/acme/projects");
  await newBoard(page, "Bare project");
  await page.goto("/app/acme/projects");
  await newBoard(page, "Furnished project");
  await addTask(page, "Done", "Bare task");
  await addTask(page, "To do", "Furnished task");
  await page.getByRole("link", { name: "Furnished task" }).click();
  await page.getByRole("combobox", { name: "Assignee" }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByLabel("Due date").fill("2024-02-29");
  await page.getByRole("button", { name: "Set date" }).click();
  await page.getByRole("combobox", { name: "Another label" }).selectOption({ index: 0 });
  await page.getByRole("button", { name: "Add label" }).click();
  await page.getByRole("textbox", { name: "New item" }).fill("An item");
  await page.getByRole("button", { name: "Add item" }).click();
  const words = "| a | b |\n|---|---|\n| 1 | `2` |\n\n> said before\n\n[a link](https://example.test)";
  await page.getByRole("textbox", { name: "Your comment" }).fill(words);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.getByText("Comment added.")).toBeVisible();
}

/** Unfolds all that is folded on a task's page. */
async function unfold(page: Page): Promise<void> {
  for (const summary of await page.getByRole("main").locator("details.disclosure > summary").all()) {
    await summary.click();
  }
}

const long = "Quarterly planning ".repeat(16).trim();

export const states: State[] = [
  { name: "landing", path: "/" },
  { name: "landing, nothing there", path: "/no/such/page" },
  { name: "offline", path: "/offline" },
  { name: "portal, sign in", path: "/__clerk/portal/sign-in" },
  { name: "portal, sign up", path: "/__clerk/portal/sign-up" },
  { name: "outbox", path: "/__clerk/outbox" },
  { name: "style guide", path: "/styleguide?notice=project-created" },

  { name: "choice of organizations, full", as: ada, path: "/select-organization" },
  {
    name: "choice of organizations, refused",
    as: ada,
    path: "/select-organization",
    act: refuse("Name", " ", "Create organization"),
  },
  { name: "overview, empty", as: ada, path: "/app/hollow" },
  { name: "overview, full", as: ada, path: "/app/acme" },
  { name: "a page that is not there", as: ada, path: "/app/acme/no-such-page" },
  { name: "a page that is not for members", as: ben, path: "/app/acme/settings/audit" },

  { name: "projects, empty", as: ada, path: "/app/hollow/projects" },
  { name: "projects, full", as: ben, path: "/app/acme/projects" },
  { name: "projects, archive", as: ada, path: "/app/hollow/projects?show=archived" },
  {
    name: "projects, refused",
    as: ada,
    path: "/app/hollow/projects",
    act: refuse("New project", long, "Create project"),
  },
  {
    name: "projects, a menu",
    as: ada,
    path: "/app/acme/projects",
    act: (page) => page.locator("li.row summary").first().click(),
  },

  { name: "board, empty", as: ada, path: "/app/acme/projects", act: project("Bare project") },
  { name: "board, full", as: ada, path: "/app/acme/projects", act: project("Furnished project") },
  {
    name: "board, a card's menu",
    as: ada,
    path: "/app/acme/projects",
    act: async (page) => {
      await project("Furnished project")(page);
      await card(page, "Furnished task").locator("summary").click();
    },
  },
  {
    name: "board, refused",
    as: ada,
    path: "/app/acme/projects",
    act: async (page) => {
      await project("Furnished project")(page);
      const column = page.getByRole("region", { name: "To do" });
      await column.locator("summary", { hasText: "Add task" }).click();
      await column.getByRole("textbox", { name: "Title" }).fill(" ");
      await column.getByRole("button", { name: "Add task" }).click();
      await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    },
  },
  { name: "list, empty", as: ada, path: "/app/acme/projects", act: project("Bare", "view=list") },
  { name: "list, full", as: ada, path: "/app/acme/projects", act: project("Furnished", "view=list") },
  {
    name: "list, no match",
    as: ada,
    path: "/app/acme/projects",
    act: project("Furnished", "view=list&status=canceled"),
  },

  {
    name: "list, a member looked for",
    as: ada,
    path: "/app/acme/projects",
    act: project("Furnished", "view=list&who=ben"),
  },

  { name: "task, empty", as: ada, path: "/app/acme/search?q=Bare+task", act: task("Bare task") },
  { name: "task, full", as: ben, path: "/app/acme/search?q=Furnished+task", act: task("Furnished task") },
  {
    name: "task, unfolded",
    as: ada,
    path: "/app/acme/search?q=Furnished+task",
    act: async (page) => {
      await task("Furnished task")(page);
      await unfold(page);
    },
  },
  {
    name: "task, nobody found",
    as: ada,
    path: "/app/acme/search?q=Furnished+task",
    act: async (page) => {
      await task("Furnished task")(page);
      await page.goto(`${page.url().split("?")[0]}?who=zebra`);
    },
  },
  {
    name: "task, refused",
    as: ada,
    path: "/app/acme/search?q=Furnished+task",
    act: async (page) => {
      await task("Furnished task")(page);
      await refuse("New item", " ", "Add item")(page);
    },
  },
  {
    name: "task, before its deletion",
    as: ada,
    path: "/app/acme/search?q=Bare+task",
    act: async (page) => {
      await task("Bare task")(page);
      await page.getByRole("link", { name: "Delete task" }).click();
      await expect(page.getByRole("button", { name: "Delete task" })).toBeVisible();
    },
  },

  { name: "my tasks, empty", as: ada, path: "/app/hollow/my-tasks" },
  { name: "my tasks, full", as: ada, path: "/app/acme/my-tasks" },
  { name: "search, empty", as: ada, path: "/app/acme/search" },
  { name: "search, full", as: ada, path: "/app/acme/search?q=task" },
  { name: "search, nothing found", as: ada, path: "/app/acme/search?q=zebra" },

  { name: "members, empty", as: ada, path: "/app/hollow/members" },
  { name: "members, full", as: ben, path: "/app/acme/members" },
  { name: "members, nobody found", as: ada, path: "/app/acme/members?q=zebra" },
  {
    name: "members, refused",
    as: ada,
    path: "/app/acme/members",
    act: refuse("Email address", ben.email, "Invite"),
  },

  { name: "insights, empty", as: ada, path: "/app/hollow/insights" },
  { name: "insights, full", as: ada, path: "/app/acme/insights" },

  { name: "settings, full", as: ada, path: "/app/acme/settings" },
  { name: "settings, a successor looked for", as: ada, path: "/app/acme/settings?who=ben" },
  { name: "settings, a member's", as: ben, path: "/app/acme/settings" },
  { name: "settings, refused", as: ada, path: "/app/acme/settings", act: refuse("Name", " ", "Save") },
  { name: "settings, a file refused", as: ada, path: "/app/acme/settings", act: logo("No picture at all") },
  { name: "settings, with a logo", as: ada, path: "/app/hollow/settings", act: logo() },
  { name: "export", as: ada, path: "/app/acme/settings/export" },
  { name: "audit log, short", as: ada, path: "/app/hollow/settings/audit" },
  { name: "audit log, full", as: ada, path: "/app/acme/settings/audit" },
  { name: "audit log, a member looked for", as: ada, path: "/app/acme/settings/audit?who=ben" },
];

/** Opens a task from what a search has found. */
function task(title: string) {
  return async (page: Page): Promise<void> => {
    await page.getByRole("main").getByRole("link", { name: title }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  };
}
