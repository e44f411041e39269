import { acme, expect, mark, refusal, someone, test } from "./fixtures";

test("added, given other roles and removed", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const bob = await someone(clerk, "Bob");
  const membership = { organizationId, userId: bob.id };
  const joined = await clerk.organizations.createOrganizationMembership({
    ...membership,
    role: "org:member",
  });
  expect(joined.publicUserData).toMatchObject({ userId: bob.id, firstName: "Bob" });
  const again = clerk.organizations.createOrganizationMembership({
    ...membership,
    role: "org:member",
  });
  expect(await refusal(again)).toMatchObject({
    status: 400,
    code: "already_a_member_in_organization",
  });
  const unknown = clerk.organizations.updateOrganizationMembership({
    ...membership,
    role: "org:nothing",
  });
  expect(await refusal(unknown)).toMatchObject({ status: 404 });
  const promoted = await clerk.organizations.updateOrganizationMembership({
    ...membership,
    role: "org:admin",
  });
  expect(promoted.role).toBe("org:admin");
  expect(promoted.permissions).toContain("org:sys_memberships:manage");
  const gone = await clerk.organizations.deleteOrganizationMembership({
    organizationId,
    userId: ann.id,
  });
  expect(gone.publicUserData?.userId).toBe(ann.id);
  const last = clerk.organizations.deleteOrganizationMembership(membership);
  expect(await refusal(last)).toMatchObject({ code: "organization_minimum_permissions_needed" });
});

test("metadata is merged", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const membership = { organizationId, userId: ann.id };
  await clerk.organizations.updateOrganizationMembershipMetadata({
    ...membership,
    publicMetadata: { a: { b: 1, c: 2 } },
    privateMetadata: { x: 1 },
  });
  const merged = await clerk.organizations.updateOrganizationMembershipMetadata({
    ...membership,
    publicMetadata: { a: { b: null, d: 3 } },
  });
  expect(merged.publicMetadata).toEqual({ a: { c: 2, d: 3 } });
  expect(merged.privateMetadata).toEqual({ x: 1 });
});

test("listed for an organization, a person and the whole instance", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const word = mark();
  const bob = await clerk.users.createUser({
    emailAddress: [`bob.${word}@example.com`],
    firstName: "Bob",
  });
  const member = { organizationId, userId: bob.id, role: "org:member" };
  await clerk.organizations.createOrganizationMembership(member);
  const members = async (params: any) => {
    const query = { organizationId, ...params };
    const { data } = await clerk.organizations.getOrganizationMembershipList(query);
    return data.map((one) => one.publicUserData?.firstName);
  };
  expect(await members({ orderBy: "+first_name" })).toEqual(["Ann", "Bob"]);
  expect(await members({ orderBy: "-first_name" })).toEqual(["Bob", "Ann"]);
  expect(await members({ orderBy: "+first_name", limit: 1, offset: 1 })).toEqual(["Bob"]);
  expect(await members({ role: ["org:admin"] })).toEqual(["Ann"]);
  expect(await members({ userId: [bob.id] })).toEqual(["Bob"]);
  expect(await members({ emailAddress: [`bob.${word}@example.com`] })).toEqual(["Bob"]);
  expect(await members({ query: word })).toEqual(["Bob"]);
  expect(await members({ nameQuery: "nn" })).toEqual(["Ann"]);
  expect(await members({ createdAtAfter: Date.now() + 60_000 })).toEqual([]);

  const own = await clerk.users.getOrganizationMembershipList({ userId: ann.id });
  expect(own.totalCount).toBe(1);
  expect(own.data[0]).toMatchObject({ role: "org:admin", organization: { id: organizationId } });
  const all = await clerk.organizations.getInstanceOrganizationMembershipList({
    orderBy: "-created_at",
    limit: 2,
  });
  expect(all.totalCount).toBeGreaterThanOrEqual(2);
  expect(all.data.map((one) => one.organization.id)).toEqual([organizationId, organizationId]);
});
