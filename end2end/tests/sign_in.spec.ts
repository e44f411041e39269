import { ada, ben, codeFor, dora, expect, row, signInByComponent, signOut, test } from "./fixtures";

test("signing in leads back to the page that was asked for", async ({ page }) => {
  await signInByComponent(page, ben, "/app/acme/projects?show=archived");
  await expect(page).toHaveURL(/\/app\/acme\/projects\?show=archived$/);
  // Whoever is signed in has nothing to do on the sign-in page.
  await page.goto("/sign-in");
  await expect(page).toHaveURL(/\/app\/acme$/);
});

test("signing in with a code from the outbox", async ({ page }) => {
  await page.goto("/app/acme/projects");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(ben.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("link", { name: /another method/i }).or(
    page.getByRole("button", { name: /another method/i }),
  ).click();
  await page.getByRole("button", { name: /email code/i }).click();
  await page
    .getByRole("textbox", { name: /verification code/i })
    .first()
    .pressSequentially(await codeFor(page, ben.email));
  await expect(page).toHaveURL(/\/app\/acme\/projects$/, { timeout: 20_000 });
});

test("a wrong password is refused and the address is kept", async ({ page, problems }) => {
  problems.allow(/422/);
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(ada.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  await password.pressSequentially("not the password");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByText(/password is incorrect/i).first()).toBeVisible();
  await expect(page.getByText(ada.email)).toBeVisible();
});

test("signing out ends it everywhere in this browser", async ({ page }) => {
  await signInByComponent(page, ben);
  await signOut(page);
  await expect(page).toHaveURL(/\/$/);
  await page.goto("/app/acme/projects");
  await expect(page).toHaveURL(/\/sign-in\?redirect_url=/);
});

test("somebody without an organization is asked to found one", async ({ page }) => {
  await signInByComponent(page, dora, "/app");
  await expect(page).toHaveURL(/\/select-organization$/);
  await page.getByRole("textbox", { name: "Name" }).pressSequentially("Second Acme");
  await page.getByRole("textbox", { name: "Slug" }).pressSequentially("acme");
  await page.getByRole("button", { name: "Create organization" }).click();
  const slug = page.getByRole("textbox", { name: "Slug" });
  await expect(slug).toHaveAccessibleDescription(/taken/);
  await expect(slug).toHaveValue("acme");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Second Acme");
});

test("a session whose cookie is gone is restored and nothing typed is lost", async ({ page }) => {
  await signInByComponent(page, ben, "/app/acme/projects");
  await page.getByRole("textbox", { name: "New project" }).pressSequentially("Typed for an hour");
  await page.context().clearCookies({ name: /^__session/ });
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/app\/acme\/projects/);
  const kept = page.getByRole("textbox", { name: "New project" });
  await expect(kept).toHaveValue("Typed for an hour");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(row(page, "Typed for an hour")).toBeVisible();
});
