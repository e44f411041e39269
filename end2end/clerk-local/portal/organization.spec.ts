/** The organization's page at the portal, in browsers without JavaScript. */

import { type Page, expect, person, test } from "../fixtures";
import * as at from "./portal";

test.use({ javaScriptEnabled: false });

/** Founds an organization; ends on its page. */
async function found(page: Page, name: string): Promise<void> {
  await page.goto(at.portal("create-organization"));
  await at.type(page, "Name", name);
  await at.press(page, "Create organization");
  await at.expectBack(page);
  await page.goto(at.portal("organization"));
}

test("invite, accept in a second browser, role, remove", async ({ page, browser, instance }) => {
  const [ann, bob] = [await person(instance, "ann"), await person(instance, "bob")];
  await at.signIn(page, ann);
  await found(page, "Acme");
  await at.type(page, "Email address", ann.email);
  await at.press(page, "Send invitation");
  await at.expectWrong(page, "Email address", /already a member/);
  await at.type(page, "Email address", "eve@example.com");
  await at.press(page, "Send invitation");
  await at.press(page, "Revoke the invitation of eve@example.com");
  await at.type(page, "Email address", bob.email);
  await at.press(page, "Send invitation");
  const invited = page.getByRole("list", { name: "Pending invitations" });
  await expect(invited.getByRole("listitem")).toHaveText([new RegExp(bob.email.replaceAll("+", "\\+"))]);

  const bobs = await at.another(browser, instance);
  await at.signIn(bobs, bob);
  await bobs.goto(await at.mailedLink(page, bob.email));
  await bobs.goto(at.portal("organizations"));
  await bobs.getByRole("button", { name: /Acme/ }).click();
  await at.expectBack(bobs);
  await bobs.goto(at.portal("organization"));
  await expect(at.part(bobs, "Members (2)")).toContainText(ann.email);
  await expect(bobs.getByRole("button", { name: "Send invitation" })).toHaveCount(0);

  await page.reload();
  const his = at.part(page, "Members (2)").getByRole("listitem").filter({ hasText: bob.email });
  await his.getByLabel(`Role of ${bob.email}`).selectOption("Admin");
  await his.getByRole("button", { name: "Change role" }).click();
  await bobs.reload();
  await expect(bobs.getByRole("button", { name: "Send invitation" })).toBeVisible();
  await his.getByRole("button", { name: `Remove ${bob.email}` }).click();
  await expect(at.part(page, "Members (1)")).toBeVisible();
  await bobs.reload();
  await expect(bobs.getByText("not a member of any organization")).toBeVisible();
});

test("rename, leave, delete", async ({ page, browser, instance }) => {
  const [ann, bob] = [await person(instance, "ann"), await person(instance, "bob")];
  await at.signIn(page, ann);
  await found(page, "Globex");
  await at.type(page, "Name", "  ");
  await at.press(page, "Save");
  await at.expectWrong(page, "Name", /./);
  await at.type(page, "Name", "Globex Works");
  await at.press(page, "Save");
  await expect(page.getByRole("heading", { name: "Globex Works" })).toBeVisible();
  const [mine] = (await instance.backend("GET", `/users/${ann.id}/organization_memberships`)).data;
  const id = mine.organization.id;
  await instance.backend("POST", `/organizations/${id}/memberships`, { user_id: bob.id, role: "org:member" });

  const bobs = await at.another(browser, instance);
  await at.signIn(bobs, bob);
  await bobs.goto(at.portal("organizations"));
  await bobs.getByRole("button", { name: /Globex Works/ }).click();
  await bobs.goto(at.portal("organization"));
  await bobs.getByText("Leave this organization").click();
  await at.press(bobs, "Leave organization");
  await expect(bobs.getByText("not a member of any organization")).toBeVisible();

  await page.reload();
  await page.getByText("Leave this organization").click();
  await at.press(page, "Leave organization");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByText("Delete this organization").click();
  await at.press(page, "Delete organization");
  await expect(page.getByText("not a member of any organization")).toBeVisible();
});
