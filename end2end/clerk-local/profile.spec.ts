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
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload" }).click();
  await (await chooser).setFiles({ name: "a.png", mimeType: "image/png", buffer: PIXEL });
  await expect.poll(() => withUser(page, "(user) => user.hasImage")).toBe(true);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Anna Tester").first()).toBeVisible();

  const second = address("second");
  await page.getByRole("button", { name: "Add email address" }).click();
  await page.getByLabel("Email address", { exact: true }).pressSequentially(second);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Enter verification code").pressSequentially("424242");
  await expect(page.getByText(second)).toBeVisible();
  await expect
    .poll(() => withUser(page, "(user) => user.emailAddresses.map((it) => it.verification.status)"))
    .toEqual(["verified", "verified"]);

  await page.getByRole("button", { name: "Security" }).click();
  await page.getByRole("button", { name: "Update password" }).click();
  await page.getByLabel("Current password").pressSequentially(ann.password);
  await page.getByLabel("New password", { exact: true }).pressSequentially("another good password");
  await page.getByLabel("Confirm password").pressSequentially("another good password");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Update password" })).toBeVisible();

  const other = await page.context().browser()!.newContext({ baseURL: instance.url });
  await signInQuickly(await other.newPage(), { ...ann, email: second, password: "another good password" }).catch(
    // The page shows the primary address, whichever one signed in.
    () => undefined,
  );
  const again = await other.newPage();
  await open(again);
  await expect(again.locator("#who")).toContainText(ann.email);
  await other.close();
});
