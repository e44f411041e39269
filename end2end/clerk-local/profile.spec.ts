/** What people do with their own account, in Clerk's component and by clerk-js alone. */

import { type Page, expect, open, person, signInQuickly, test, Instance, address } from "./fixtures";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Does something with the signed-in person's object. */
function withUser<T>(page: Page, work: string): Promise<T> {
  return page.evaluate((work) => new Function("Clerk", `return (${work})(Clerk.user)`)((window as any).Clerk), work);
}

test("the profile page: names, a picture, an address, the password", async ({ page, instance }) => {
  const ann = await person(instance);
  await signInQuickly(page, ann);
  await open(page, "/user");

  await page.getByRole("button", { name: "Update profile" }).click();
  const first = page.getByLabel("First name");
  await first.fill("");
  await first.pressSequentially("Anna");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Anna Tester").first()).toBeVisible();

  await page.getByRole("button", { name: "Update profile" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload" }).click();
  await (await chooser).setFiles({ name: "a.png", mimeType: "image/png", buffer: PIXEL });
  await expect.poll(() => withUser(page, "(user) => user.hasImage")).toBe(true);

  const second = address("second");
  await page.getByRole("button", { name: "Add email address" }).click();
  await page.getByLabel("Email address", { exact: true }).pressSequentially(second);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Enter verification code").pressSequentially("424242");
  await expect
    .poll(() => withUser(page, "(user) => user.emailAddresses.map((it) => it.verification.status)"))
    .toEqual(["verified", "verified"]);

  await page.getByRole("button", { name: "Security" }).click();
  await page.getByRole("button", { name: "Update password" }).click();
  // Whoever has just signed in is not asked for the current one.
  await page.getByLabel("New password", { exact: true }).pressSequentially("another good password");
  await page.getByLabel("Confirm password").pressSequentially("another good password");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Update password" })).toBeVisible();

  const other = await page.context().browser()!.newContext({ baseURL: instance.url });
  await signInQuickly(await other.newPage(), { ...ann, password: "another good password" });
  await other.close();
});

test("two browsers see each other, and one signs the other out", async ({ page, instance, browser }) => {
  const ann = await person(instance);
  const other = await browser.newContext({ baseURL: instance.url });
  const there = await other.newPage();
  await signInQuickly(there, ann);
  await signInQuickly(page, ann);
  await open(page, "/user");
  await page.getByRole("button", { name: "Security" }).click();
  const devices = page.getByText("HeadlessChrome").or(page.getByText(/Chrome 1/));
  await expect(devices).toHaveCount(2);
  await page.getByText("This device").waitFor();
  const revoked = await withUser(
    page,
    `async (user) => {
      const sessions = await user.getSessions();
      const other = sessions.find((it) => it.id !== Clerk.session.id);
      await other.revoke();
      return [sessions.length, other.latestActivity.ipAddress, other.status];
    }`,
  );
  expect(revoked).toEqual([2, "127.0.0.1", "revoked"]);
  await open(there);
  await expect(there.locator("#who")).toHaveText("Signed out");
  await open(page);
  await expect(page.locator("#who")).toContainText(ann.email);
  await other.close();
});

test("by clerk-js alone: metadata, a template's token, the account's end", async ({ page, instance }) => {
  const ann = await person(instance);
  await instance.backend("POST", "/jwt_templates", {
    name: "other-service",
    claims: { mail: "{{user.primary_email_address}}", level: "{{user.unsafe_metadata.level || 1}}" },
  });
  await signInQuickly(page, ann);
  const seen = await page.evaluate(async () => {
    const { Clerk } = window as any;
    await Clerk.user.update({ unsafeMetadata: { level: 7, a: { b: 1 } } });
    await Clerk.user.update({ unsafeMetadata: { level: 7, a: {} } });
    const token = await Clerk.session.getToken({ template: "other-service" });
    const { mail, level, azp } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return { metadata: Clerk.user.unsafeMetadata, mail, level, azp };
  });
  expect(seen).toEqual({ metadata: { level: 7, a: {} }, mail: ann.email, level: 7, azp: instance.url });
  await page.evaluate(() => (window as any).Clerk.user.delete());
  await open(page);
  await expect(page.locator("#who")).toHaveText("Signed out");
});

test("several people in one browser", async ({ page }) => {
  const instance = await Instance.start("--multi-session");
  try {
    const [ann, bob] = [await person(instance, "ann"), await person(instance, "bob")];
    const at = `${instance.url}/`;
    const signInAs = ({ email, password }: typeof ann) =>
      page.evaluate(
        async ([identifier, password]) => {
          const { Clerk } = window as any;
          const attempt = await Clerk.client.signIn.create({ identifier, password });
          await Clerk.setActive({ session: attempt.createdSessionId });
        },
        [email, password] as const,
      );
    await open(page, at);
    await signInAs(ann);
    await signInAs(bob);
    await expect(page.locator("#who")).toContainText(bob.email);
    const count = await page.evaluate(async () => {
      const { Clerk } = window as any;
      const other = Clerk.client.sessions.find((it: any) => it.id !== Clerk.session.id);
      await Clerk.setActive({ session: other.id });
      return Clerk.client.sessions.length;
    });
    expect(count).toBe(2);
    await open(page, at);
    await expect(page.locator("#who")).toContainText(ann.email);
    await page.evaluate(() => (window as any).Clerk.signOut({ sessionId: (window as any).Clerk.session.id }));
    await expect(page.locator("#who")).toContainText(bob.email);
  } finally {
    await instance.stop();
  }
});
