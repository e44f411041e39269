import { expect, open, person, signIn, test } from "./fixtures";

test("signing in and out by Clerk's own component", async ({ page, instance }) => {
  const ann = await person(instance);
  await signIn(page, ann);
  await open(page);
  await page.evaluate(() => (window as any).Clerk.signOut());
  await expect(page.locator("#who")).toHaveText("Signed out");
});
