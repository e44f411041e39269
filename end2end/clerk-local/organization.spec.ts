/** Organizations by Clerk's own components and by clerk-js alone. */

import { type Page, expect, open, person, signInQuickly, signOut, test } from "./fixtures";
import type { Instance } from "./fixtures";

/** Makes an organization by clerk-js and makes it the active one; its id. */
async function organization(page: Page, name: string): Promise<string> {
  return page.evaluate(async (name) => {
    const { Clerk } = window as any;
    const made = await Clerk.createOrganization({ name });
    await Clerk.setActive({ organization: made.id });
    return made.id;
  }, name);
}

/** Opens the organization's profile at one of its pages. */
async function profile(page: Page, part: "General" | "Members"): Promise<void> {
  await open(page, "/organization");
  await page.getByRole("button", { name: part, exact: true }).click();
}

/** A person in a browser of their own, signed in. */
async function someone(instance: Instance, page: Page, name: string) {
  const who = await person(instance, name);
  await signInQuickly(page, who);
  return who;
}

/** How many organizations the person of a browser is in, asked anew. */
function memberships(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const user = await (window as any).Clerk.user.reload();
    return user.organizationMemberships.length;
  });
}

test("invite, accept in a second browser, change the role, remove", async ({
  page,
  browser,
  instance,
}) => {
  await someone(instance, page, "ann");
  const id = await organization(page, "Acme");
  const second = await browser.newContext({ baseURL: instance.url });
  const bobs = await second.newPage();
  const bob = await someone(instance, bobs, "bob");

  await profile(page, "Members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page
    .getByRole("textbox", { name: "Example format" })
    .pressSequentially(`${bob.email},`);
  await expect(page.getByRole("button", { name: "Role: Member" })).toBeVisible();
  await page.getByRole("button", { name: "Send invitations" }).click();
  await page.getByRole("tab", { name: /Invitations/ }).click();
  await expect(page.getByText(bob.email)).toBeVisible();

  await open(bobs, "/organizations");
  await bobs.getByRole("button", { name: "Join" }).click();
  await expect
    .poll(() => memberships(bobs))
    .toBe(1);

  await profile(page, "Members");
  const row = page.getByRole("row").filter({ hasText: bob.email });
  await row.getByRole("button", { name: /Member/ }).click();
  await page.getByRole("option", { name: "Admin" }).click();
  const roleOfBob = () =>
    instance
      .backend<any>("GET", `/organizations/${id}/memberships?user_id=${bob.id}`)
      .then(({ data }) => data[0]?.role);
  await expect.poll(roleOfBob).toBe("org:admin");

  await row.getByRole("button", { name: /menu/i }).click();
  await page.getByRole("menuitem", { name: "Remove member" }).click();
  await expect(row).toHaveCount(0);
  expect(await roleOfBob()).toBeUndefined();
  await second.close();
});

test("an invitation that is taken back cannot be accepted", async ({ page, browser, instance }) => {
  await someone(instance, page, "ann");
  await organization(page, "Acme");
  const second = await browser.newContext({ baseURL: instance.url });
  const bobs = await second.newPage();
  const bob = await someone(instance, bobs, "bob");
  await page.evaluate(
    (emailAddress) =>
      (window as any).Clerk.organization.inviteMember({ emailAddress, role: "org:member" }),
    bob.email,
  );
  const invited = await bobs.evaluate(async () => {
    const { data } = await (window as any).Clerk.user.getOrganizationInvitations();
    (window as any).invitation = data[0];
    return data.map((one: any) => [one.publicOrganizationData.name, one.status]);
  });
  expect(invited).toEqual([["Acme", "pending"]]);

  await profile(page, "Members");
  await page.getByRole("tab", { name: /Invitations/ }).click();
  const row = page.getByRole("row").filter({ hasText: bob.email });
  await row.getByRole("button", { name: /menu/i }).click();
  await page.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(row).toHaveCount(0);
  const refused = await bobs.evaluate(() =>
    (window as any).invitation.accept().then(
      () => "accepted",
      (error: any) => error.errors[0].code,
    ),
  );
  expect(refused).toBe("organization_invitation_revoked_code");
  await second.close();
});

test("rename, leave and delete", async ({ page, browser, instance }) => {
  await someone(instance, page, "ann");
  const id = await organization(page, "Acme");
  const second = await browser.newContext({ baseURL: instance.url });
  const bobs = await second.newPage();
  const bob = await someone(instance, bobs, "bob");
  await page.evaluate(
    (userId) => (window as any).Clerk.organization.addMember({ userId, role: "org:member" }),
    bob.id,
  );

  await profile(page, "General");
  await page.getByRole("button", { name: "Update profile" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Acme Works");
  await Promise.all([
    page.waitForResponse((it) => it.url().includes(`/organizations/${id}`) && it.ok()),
    page.getByRole("button", { name: "Save" }).click(),
  ]);
  await expect(page.getByText("Acme Works").first()).toBeVisible();

  await bobs.evaluate((id) => (window as any).Clerk.setActive({ organization: id }), id);
  await profile(bobs, "General");
  await expect(bobs.getByRole("button", { name: "Delete organization" })).toHaveCount(0);
  await bobs.getByRole("button", { name: "Leave organization" }).click();
  await bobs.getByLabel(/below to continue/).fill("Acme Works");
  await bobs.getByRole("button", { name: "Leave organization" }).last().click();
  await expect
    .poll(() => memberships(bobs))
    .toBe(0);

  await profile(page, "General");
  await page.getByRole("button", { name: "Delete organization" }).click();
  await page.getByLabel(/below to continue/).fill("Acme Works");
  await page.getByRole("button", { name: "Delete organization" }).last().click();
  const gone = () =>
    instance.backend("GET", `/organizations/${id}`).then(
      () => "there",
      () => "gone",
    );
  await expect.poll(gone).toBe("gone");
  await second.close();
});

test("clerk-js: roles, permissions in the token, logo, lists", async ({ page, instance }) => {
  const permission = await instance.backend<any>("POST", "/organization_permissions", {
    name: "Write projects",
    key: `org:projects:write`,
  });
  await instance.backend("POST", "/organization_roles", {
    name: "Editor",
    key: "org:editor",
    permissions: [permission.id],
  });
  const ann = await someone(instance, page, "ann");
  const id = await organization(page, "Acme");
  const editor = await person(instance, "eve");
  const seen = await page.evaluate(async (userId) => {
    const { Clerk } = window as any;
    const { organization } = Clerk;
    const pixel = Uint8Array.from(
      atob("R0lGODlhAQABAIAAAICAgAAAACwAAAAAAQABAAACAkQBADs="),
      (letter) => letter.charCodeAt(0),
    );
    await organization.addMember({ userId, role: "org:editor" });
    const roles = await organization.getRoles();
    const withLogo = await organization.setLogo({ file: new File([pixel], "logo.gif") });
    const picture = await fetch(withLogo.imageUrl);
    const without = await organization.setLogo({ file: null });
    const members = await organization.getMemberships({ role: ["org:editor"], query: "eve" });
    return {
      roles: roles.data.map((role: any) => role.key),
      logos: [withLogo.hasImage, picture.headers.get("content-type"), without.hasImage],
      members: members.data.map((one: any) => [one.roleName, one.permissions]),
      mine: Clerk.session.checkAuthorization({ permission: "org:sys_memberships:manage" }),
    };
  }, editor.id);
  expect(seen).toEqual({
    roles: ["org:admin", "org:member", "org:editor"],
    logos: [true, "image/gif", false],
    members: [["Editor", ["org:projects:write"]]],
    mine: true,
  });

  await signOut(page);
  await signInQuickly(page, editor);
  const claims = await page.evaluate(async (organization) => {
    const { Clerk } = window as any;
    await Clerk.setActive({ organization });
    const token = await Clerk.session.getToken({ skipCache: true });
    return JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
  }, id);
  expect(claims.fea).toBe("o:projects");
  expect(claims.o).toMatchObject({ id, rol: "editor", per: "write", fpm: "1" });
  expect(ann.id).not.toBe(claims.sub);
});
