import { expect, open, person, signIn, signOut, test } from "./fixtures";

test("signing in and out by Clerk's own component", async ({ page, instance }) => {
  const ann = await person(instance);
  await signIn(page, ann);
  await open(page);
  await signOut(page);
});
