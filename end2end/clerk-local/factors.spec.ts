import { type Page, expect, open, person, signInQuickly, signOut, test } from "./fixtures";
import { totp } from "./support/authenticator_app";
import { clerkJs as clerk } from "./support/clerk_js";
import { withAuthenticator } from "./support/passkeys";

/** Sets an authenticator app up by clerk-js alone. */
async function setUpApp(page: Page): Promise<{ secret: string; backupCodes: string[] }> {
  const secret = await clerk<string, null>(page, async (Clerk) => (await Clerk.user.createTOTP()).secret);
  const backupCodes = await clerk<string[], string>(
    page,
    async (Clerk, code) => (await Clerk.user.verifyTOTP({ code })).backupCodes,
    totp(secret),
  );
  return { secret, backupCodes };
}

/** Waits until a person has signed in in the component and the page they came for is there. */
async function signedIn(page: Page, email: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === "/");
  await expect(page.locator("body[data-ready=true]")).toBeAttached();
  await expect(page.locator("#who")).toContainText(email);
}

/** Signs in as far as the second factor. */
async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Email address" }).pressSequentially(email);
  const next = page.getByRole("button", { name: "Continue", exact: true });
  const field = page.getByRole("textbox", { name: "Password", exact: true });
  if (!(await field.isVisible())) await next.click();
  await field.pressSequentially(password);
  await next.click();
  await expect(page.getByRole("heading", { name: "Two-step verification" })).toBeVisible();
}

const codeField = (page: Page) => page.getByRole("textbox", { name: "Enter verification code" });

test("an authenticator app, set up and asked for by Clerk's components", async ({
  page,
  instance,
}) => {
  const ann = await person(instance);
  await signInQuickly(page, ann);
  await open(page, "/user#/security");
  await page.getByRole("button", { name: "Add two-step verification" }).click();
  await page.getByRole("menuitem", { name: "Authenticator application" }).click();
  await page.getByRole("button", { name: "Can’t scan QR code?" }).click();
  const secret = await page.locator("input[readonly]").first().inputValue();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await codeField(page).pressSequentially(totp(secret));
  await expect(page.getByText("Two-step verification is now enabled")).toBeVisible();
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.getByText("Backup codes", { exact: true }).first()).toBeVisible();
  const user = await instance.backend("GET", `/users/${ann.id}`);
  expect(user).toMatchObject({ totp_enabled: true, two_factor_enabled: true });

  await open(page);
  await signOut(page);
  await typePassword(page, ann.email, ann.password);
  await codeField(page).pressSequentially("000000");
  await expect(page.getByTestId("form-feedback-error")).toHaveText("Incorrect code");
  // The component empties the field itself, a moment after it has shown the error.
  await expect(codeField(page)).toHaveValue("");
  await codeField(page).pressSequentially(totp(secret, 1));
  await signedIn(page, ann.email);
  const age = await clerk(page, async (Clerk) => Clerk.session.factorVerificationAge);
  expect(age).toEqual([0, 0]);
});

test("a backup code in its place, and none of either any more", async ({ page, instance }) => {
  const ann = await person(instance);
  await signInQuickly(page, ann);
  const { secret, backupCodes } = await setUpApp(page);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(backupCodes).toHaveLength(10);
  const [first = "", second = ""] = backupCodes;
  await open(page);
  await signOut(page);
  await typePassword(page, ann.email, ann.password);
  await page.getByRole("link", { name: "Use another method" }).click();
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await page.getByRole("textbox", { name: "Backup code" }).pressSequentially(first);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await signedIn(page, ann.email);

  const renewed = await clerk(page, async (Clerk) => (await Clerk.user.createBackupCode()).codes);
  expect(renewed).toHaveLength(10);
  await open(page);
  await signOut(page);
  const used = await clerk(
    page,
    async (Clerk, { ann, codes }) => {
      const { identifier, password } = ann;
      const attempt = await Clerk.client.signIn.create({ identifier, password });
      const answers = [attempt.status];
      for (const code of codes) {
        const done = attempt.attemptSecondFactor({ strategy: "backup_code", code });
        answers.push(await done.then((it: any) => it.status, (error: any) => error.errors[0].code));
      }
      await Clerk.setActive({ session: attempt.createdSessionId });
      return answers;
    },
    {
      ann: { identifier: ann.email, password: ann.password },
      codes: [first, second, renewed[0]],
    },
  );
  const incorrect = "form_code_incorrect";
  expect(used).toEqual(["needs_second_factor", incorrect, incorrect, "complete"]);

  await clerk(page, (Clerk) => Clerk.user.disableTOTP());
  const left = await clerk(page, async ({ user }) => [user.totpEnabled, user.backupCodeEnabled]);
  expect(left).toEqual([false, false]);
});

test("a passkey: add, rename, sign in, remove", async ({ page, instance }) => {
  const ann = await person(instance);
  await withAuthenticator(page);
  await signInQuickly(page, ann);
  await open(page, "/user#/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Passkey", { exact: true })).toBeVisible();
  await clerk(page, async ({ user }) => user.passkeys[0].update({ name: "My laptop" }));
  await expect(page.getByText("My laptop", { exact: true })).toBeVisible();
  await open(page);
  await signOut(page);

  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Use passkey instead" }).click();
  await signedIn(page, ann.email);
  const used = await clerk(page, async ({ user }) => user.passkeys[0].lastUsedAt !== null);
  expect(used).toBe(true);

  await open(page);
  await signOut(page);
  const named = await clerk(
    page,
    async (Clerk, identifier) => {
      const attempt = await Clerk.client.signIn.create({ identifier });
      const strategies = attempt.supportedFirstFactors.map((it: any) => it.strategy);
      const done = await attempt.authenticateWithPasskey();
      await Clerk.setActive({ session: done.createdSessionId });
      return strategies;
    },
    ann.email,
  );
  expect(named).toContain("passkey");
  await clerk(page, async ({ user }) => user.passkeys[0].delete());
  expect((await instance.backend("GET", `/users/${ann.id}`)).passkeys).toEqual([]);
});

test("what matters asks for the second factor first", async ({ page, browser, instance }) => {
  const ann = await person(instance);
  await withAuthenticator(page);
  await signInQuickly(page, ann);
  // The app is set up in another browser: this one's session has never seen the second factor.
  const elsewhere = await browser.newContext({ baseURL: instance.url });
  const other = await elsewhere.newPage();
  await signInQuickly(other, ann);
  const { secret } = await setUpApp(other);
  await elsewhere.close();

  await open(page, "/user");
  await page.getByRole("button", { name: "Add email address" }).click();
  await page.getByLabel("Email address").pressSequentially("ann@work.example");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Verification required")).toBeVisible();
  await page.keyboard.press("Escape");
  const added = await instance.backend("GET", `/users/${ann.id}`);
  expect(added.email_addresses).toHaveLength(1);

  await open(page, "/user#/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Verification required")).toBeVisible();
  await codeField(page).pressSequentially(totp(secret, 1));
  await expect(page.getByText("Passkey", { exact: true })).toBeVisible();

  const ages = await clerk(page, async ({ session }) => {
    const first = await session.startVerification({ level: "first_factor" });
    const done = await session.verifyWithPasskey();
    return [first.status, done.status, done.session.factorVerificationAge];
  });
  expect(ages).toEqual(["needs_first_factor", "complete", [0, 0]]);
});
