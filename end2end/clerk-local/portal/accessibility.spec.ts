/** Every HTML page of the instance under axe: both themes, and 320 px without scrolling sideways. */

import { axeInBothThemes as examine } from "../../tests/support/axe";
import { type Page, Instance, address, expect, open, person, signInQuickly, test } from "../fixtures";
import { totp } from "../support/authenticator_app";
import { withAuthenticator } from "../support/passkeys";
import * as at from "./portal";

// Examining a page for violations takes seconds, and each is examined three times.
test.describe.configure({ timeout: 240_000 });

/** Opens the page anew in such a way that it does not look again by itself under examination. */
async function holdStill(page: Page): Promise<void> {
  await page.route("**/__clerk/portal/**", async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    const { refresh, ...headers } = response.headers();
    expect(refresh).toBe("3");
    await route.fulfill({ response, headers });
  });
  await page.reload();
  await page.unrouteAll();
}

test("signing in", async ({ page, instance }) => {
  const ann = await person(instance);
  await page.goto(at.portal("sign-in"));
  await examine(page);
  await at.press(page, "Continue");
  await examine(page);
  await at.name(page, ann.email);
  await examine(page);
  await at.type(page, "Password", "not this one");
  await at.press(page, "Continue");
  await examine(page);
  await at.press(page, "Email me a code instead");
  await examine(page);
  await at.name(page, ann.email);
  await at.press(page, "Forgot your password?");
  await at.press(page, "Reset password");
  await examine(page);
});

test("signing up", async ({ page }) => {
  await page.goto(at.portal("sign-up"));
  await examine(page);
  await at.type(page, "Email address", "nonsense");
  await at.press(page, "Continue");
  await examine(page);
  await at.type(page, "Email address", address());
  await at.type(page, "Password", "correct horse battery");
  await at.press(page, "Continue");
  await examine(page);
});

test("links in mails", async ({ browser }) => {
  const linked = await Instance.start("--email-links");
  try {
    const ann = await person(linked);
    const context = await browser.newContext({ baseURL: linked.url });
    const page = await context.newPage();
    await at.name(page, ann.email);
    await examine(page);
    await at.press(page, "Email me a link instead");
    await holdStill(page);
    await examine(page);
    await page.goto(`${at.portal("sign-in/link-opened")}&__clerk_status=failed`);
    await examine(page);
    await page.goto(at.portal("sign-up"));
    await at.type(page, "Email address", address("ben"));
    await at.type(page, "Password", "correct horse battery");
    await at.press(page, "Continue");
    await holdStill(page);
    await examine(page);
    await at.signIn(page, ann);
    await page.goto(at.portal("user"));
    await at.type(page, "Another email address", address("second"));
    await at.press(page, "Add address");
    await holdStill(page);
    await examine(page);
    await context.close();
  } finally {
    await linked.stop();
  }
});

test("an invitation", async ({ page, instance }) => {
  const ann = await person(instance);
  const body = { name: "A very long name of an organization that has to be broken", created_by: ann.id };
  const { id } = await instance.backend("POST", "/organizations", body);
  const email = address("cleo", false);
  const invitation = { email_address: email, inviter_user_id: ann.id, role: "org:member" };
  await instance.backend("POST", `/organizations/${id}/invitations`, invitation);
  await page.goto(await at.mailedLink(page, email));
  await examine(page);
});

test("the account", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.signIn(page, ann);
  for (const path of ["sign-in", "sign-out", "organizations", "create-organization"]) {
    await page.goto(at.portal(path));
    await examine(page);
  }
  await page.goto(at.portal("user"));
  await at.press(page, "Connect Google");
  await at.type(page, "Email address", ann.email);
  await at.press(page, "Continue");
  await examine(page);
  await at.type(page, "Confirmation", "no");
  await at.press(page, "Delete account");
  await examine(page);
  await at.type(page, "Another email address", address("second"));
  await at.press(page, "Add address");
  await examine(page);
  await page.goto(at.portal("user/verify/account"));
  await examine(page);
  await at.press(page, "Email me a code instead");
  await examine(page);
});

test("a passkey in the account", async ({ page, instance }) => {
  await withAuthenticator(page);
  await signInQuickly(page, await person(instance));
  await page.evaluate(() => (window as any).Clerk.user.createPasskey());
  await page.goto(at.portal("user"));
  const passkeys = at.part(page, "Passkeys");
  await passkeys.getByText("Rename").first().click();
  await examine(page);
  await at.type(page, "Name of the passkey", "My laptop");
  await at.press(page, "Rename");
  await passkeys.getByRole("button", { name: "Remove My laptop" }).click();
  await expect(passkeys).toContainText("You have no passkeys");
});

test("two-step verification", async ({ page, instance }) => {
  const ann = await person(instance);
  await at.signIn(page, ann);
  await page.goto(at.portal("user/two-step"));
  await examine(page);
  await at.press(page, "Set up an authenticator app");
  await examine(page);
  const secret = (await page.getByTestId("secret").innerText()).replaceAll(" ", "");
  await at.type(page, "Code of the app", totp(secret));
  await at.press(page, "Continue");
  await examine(page);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("Remove the authenticator app").click();
  await examine(page);
  await page.goto(at.portal("sign-out"));
  await at.press(page, "Sign out");
  await at.name(page, ann.email);
  await at.type(page, "Password", ann.password);
  await at.press(page, "Continue");
  await examine(page);
});

test("an organization", async ({ page, instance }) => {
  const [ann, bob] = [await person(instance, "ann"), await person(instance, "bob")];
  await at.signIn(page, ann);
  await page.goto(at.portal("create-organization"));
  await at.press(page, "Create organization");
  await examine(page);
  await at.type(page, "Name", "Acme");
  await at.press(page, "Create organization");
  await at.expectBack(page);
  await page.goto(at.portal("organizations"));
  await examine(page);
  await page.goto(at.portal("organization"));
  await at.type(page, "Email address", bob.email);
  await at.press(page, "Send invitation");
  await page.getByText("Delete this organization").click();
  await examine(page);
  await at.type(page, "Email address", bob.email);
  await at.press(page, "Send invitation");
  await examine(page);
});

test("what is refused", async ({ page, request }) => {
  await page.goto("/__clerk/portal/no-such-page");
  await examine(page);
  const form = await request.post("/__clerk/portal/sign-in", { headers: { origin: "https://evil.example" } });
  expect(form.status()).toBe(403);
  await page.setContent(await form.text());
  await expect(page.getByRole("heading")).toHaveText("This form was not sent from here");
});

test("the provider", async ({ page }) => {
  await page.goto(at.portal("sign-in"));
  await at.press(page, "Continue with Google");
  await examine(page);
  await at.type(page, "Email address", "nonsense");
  await at.press(page, "Continue");
  await examine(page);
  await page.goto("/__clerk/provider/google/authorize");
  await examine(page);
});

test("the outbox", async ({ page }) => {
  await page.goto("/__clerk/outbox?to=nobody-at-all");
  await examine(page);
  await page.goto(at.portal("sign-up"));
  const email = address("ann", false);
  await at.type(page, "Email address", email);
  await at.type(page, "Password", "correct horse battery");
  await at.press(page, "Continue");
  await page.goto(`/__clerk/outbox?to=${email}`);
  await examine(page);
});

test("webhooks", async ({ page, instance }) => {
  await person(instance);
  await page.goto("/__clerk/webhooks");
  await examine(page);
  await page.getByRole("link", { name: "user.created" }).first().click();
  await examine(page);
  await page.goto("/__clerk/webhooks/endpoints");
  await at.press(page, "Add endpoint");
  await examine(page);
  await at.type(page, "Address", "http://localhost:9/a-long-address-for-deliveries/of-all-the-events");
  await at.press(page, "Add endpoint");
  await examine(page);
  await page.goto("/__clerk/webhooks/events/none");
  await examine(page);
});

test("the playground", async ({ page }) => {
  for (const path of ["/", "/sign-in"]) {
    await open(page, path);
    await examine(page);
  }
});
