/** Roles and permissions of the application's own. */

import { acme, bearer, expect, mark, refusal, someone, test } from "./fixtures";

test("the roles that every instance has", async ({ clerk }) => {
  const { data } = await clerk.organizationRoles.getOrganizationRoleList();
  expect(data.map((role) => role.key)).toEqual(expect.arrayContaining(["org:admin", "org:member"]));
  const admin = data.find((role) => role.key === "org:admin");
  expect(admin?.isCreatorEligible).toBe(true);
  const keys = admin?.permissions.map((permission) => permission.key);
  expect(keys).toContain("org:sys_memberships:manage");
});

test("permissions are made, changed and deleted", async ({ clerk }) => {
  const word = mark();
  const key = `org:${word}:read`;
  const made = await clerk.organizationPermissions.createOrganizationPermission({
    name: "Read",
    key,
    description: "Reads reports.",
  });
  expect(made).toMatchObject({ name: "Read", key, description: "Reads reports." });
  const taken = clerk.organizationPermissions.createOrganizationPermission({ name: "Other", key });
  expect(await refusal(taken)).toMatchObject({ code: "form_identifier_exists", field: "key" });
  const changed = await clerk.organizationPermissions.updateOrganizationPermission({
    permissionId: made.id,
    name: "Read all",
    key: `org:${word}:all`,
  });
  expect([changed.name, changed.key]).toEqual(["Read all", `org:${word}:all`]);
  const read = await clerk.organizationPermissions.getOrganizationPermission(made.id);
  expect(read).toEqual(changed);
  const listed = await clerk.organizationPermissions.getOrganizationPermissionList({ query: word });
  expect([listed.totalCount, listed.data[0]?.id]).toEqual([1, made.id]);
  const gone = await clerk.organizationPermissions.deleteOrganizationPermission(made.id);
  expect(gone.deleted).toBe(true);
  const missing = clerk.organizationPermissions.getOrganizationPermission(made.id);
  expect(await refusal(missing)).toMatchObject({ status: 404 });
});

test("a role, and what it lets its member do", async ({ clerk, instance }) => {
  const word = mark();
  const permission = (name: string) =>
    clerk.organizationPermissions.createOrganizationPermission({ name, key: `org:${word}:${name}` });
  const [read, write] = [await permission("read"), await permission("write")];
  const key = `org:${word}`;
  const made = await clerk.organizationRoles.createOrganizationRole({
    name: "Auditor",
    key,
    description: "Looks.",
    permissions: [read.id],
    includeInInitialRoleSet: true,
  });
  expect(made.permissions.map((one) => one.key)).toEqual([read.key]);
  const changed = await clerk.organizationRoles.updateOrganizationRole({
    organizationRoleId: made.id,
    name: "Auditors",
    description: null,
  });
  expect([changed.name, changed.key]).toEqual(["Auditors", key]);
  const listed = await clerk.organizationRoles.getOrganizationRoleList({ query: word });
  expect(listed.data.map((role) => role.id)).toEqual([made.id]);
  expect((await clerk.organizationRoles.getOrganizationRole(made.id)).name).toBe("Auditors");

  const { organizationId } = await acme(clerk);
  const bob = await someone(clerk, "Bob");
  const membership = { organizationId, userId: bob.id, role: key };
  const joined = await clerk.organizations.createOrganizationMembership(membership);
  expect([joined.role, joined.permissions]).toEqual([key, [read.key]]);
  const session = await clerk.sessions.createSession({
    userId: bob.id,
    // Published, though the client's types do not know it.
    ...({ activeOrganizationId: organizationId } as {}),
  });
  const may = async () => {
    const { jwt } = await clerk.sessions.getToken(session.id);
    const state = await clerk.authenticateRequest(bearer(jwt), { jwtKey: instance.keys.jwt_key });
    const { orgRole, has } = state.toAuth() as any;
    expect(orgRole).toBe(key);
    return [has({ permission: read.key }), has({ permission: write.key })];
  };
  expect(await may()).toEqual([true, false]);
  const grant = { organizationRoleId: made.id, permissionId: write.id };
  const more = await clerk.organizationRoles.assignPermissionToOrganizationRole(grant);
  expect(more.permissions).toHaveLength(2);
  expect(await may()).toEqual([true, true]);
  const less = await clerk.organizationRoles.removePermissionFromOrganizationRole(grant);
  expect(less.permissions.map((one) => one.key)).toEqual([read.key]);
  expect(await may()).toEqual([true, false]);

  const used = clerk.organizationRoles.deleteOrganizationRole(made.id);
  expect((await refusal(used)).code).toBe("organization_role_assigned_members");
  await clerk.organizations.updateOrganizationMembership({ ...membership, role: "org:member" });
  expect((await clerk.organizationRoles.deleteOrganizationRole(made.id)).deleted).toBe(true);
});
