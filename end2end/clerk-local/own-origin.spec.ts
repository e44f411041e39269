/** An application of another origin than the instance's, as with `--app-url`. */

import { once } from "node:events";
import { createServer } from "node:http";

import { freePort } from "../tests/support/program";
import { Instance, expect, person, signOut, test } from "./fixtures";

/** The page of an application that loads Clerk from the instance. */
function page({ publishable_key, proxy_url }: { publishable_key: string; proxy_url: string }) {
  const npm = `${proxy_url}/npm/@clerk`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><p id="who"></p>
    <script data-clerk-publishable-key="${publishable_key}" data-clerk-proxy-url="${proxy_url}"
      src="${npm}/clerk-js@6/dist/clerk.browser.js"></script>
    <script src="${npm}/ui@1/dist/ui.browser.js"></script>
    <script type="module">
      await Clerk.load({ ui: { ClerkUI: window.__internal_ClerkUICtor } });
      Clerk.addListener(({ user }) => {
        document.getElementById("who").textContent = user?.primaryEmailAddress?.emailAddress ?? "Signed out";
      });
      document.body.dataset.ready = "true";
    </script>`;
}

test("a page of another origin signs in, at the portal and by itself", async ({ page: browser }) => {
  const port = await freePort();
  const app = `http://localhost:${port}`;
  const instance = await Instance.start("--app-url", app);
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end(page(instance.keys));
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  try {
    const ann = await person(instance);
    const who = browser.locator("#who");
    await browser.goto(`${app}/`);
    await expect(browser.locator("body[data-ready=true]")).toBeAttached({ timeout: 20_000 });
    const session = await browser.evaluate(
      async ([identifier, password]) => {
        const { Clerk } = window as any;
        const attempt = await Clerk.client.signIn.create({ identifier, password });
        await Clerk.setActive({ session: attempt.createdSessionId });
        return JSON.parse(atob((await Clerk.session.getToken()).split(".")[1]));
      },
      [ann.email, ann.password] as const,
    );
    await expect(who).toHaveText(ann.email);
    expect(session.azp).toBe(app);
    await browser.reload();
    await expect(who).toHaveText(ann.email);
    await signOut(browser);

    // The portal, at the instance's origin, leads back to the application.
    await browser.evaluate(() => (window as any).Clerk.redirectToSignIn());
    await browser.waitForURL(`${instance.url}/__clerk/portal/sign-in**`);
    await browser.getByLabel("Email address").pressSequentially(ann.email);
    await browser.getByRole("button", { name: "Continue", exact: true }).click();
    await browser.getByLabel("Password").pressSequentially(ann.password);
    await browser.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(who).toHaveText(ann.email, { timeout: 20_000 });
    expect(new URL(browser.url()).origin).toBe(app);
  } finally {
    server.closeAllConnections();
    server.close();
    await instance.stop();
  }
});
