import { acme, email, expect, refusal, someone, test } from "./fixtures";

test("made, read and taken back", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const emailAddress = email("guest");
  const made = await clerk.organizations.createOrganizationInvitation({
    organizationId,
    emailAddress,
    role: "org:member",
    inviterUserId: ann.id,
    expiresInDays: 3,
    redirectUrl: "http://localhost/welcome",
    publicMetadata: { a: 1 },
    privateMetadata: { b: 2 },
  });
  expect(made).toMatchObject({ emailAddress, organizationId, role: "org:member" });
  expect([made.status, made.roleName]).toEqual(["pending", "Member"]);
  expect([made.publicMetadata, made.privateMetadata]).toEqual([{ a: 1 }, { b: 2 }]);
  expect(made.expiresAt - made.createdAt).toBe(3 * 24 * 60 * 60 * 1000);
  expect(made.raw).toMatchObject({ inviter_id: ann.id });
  expect(made.url).toContain("/v1/tickets/accept?ticket=");

  const invitationId = made.id;
  const read = await clerk.organizations.getOrganizationInvitation({ organizationId, invitationId });
  expect(read.raw).toEqual(made.raw);
  const revoke = { organizationId, invitationId, requestingUserId: ann.id };
  const revoked = await clerk.organizations.revokeOrganizationInvitation(revoke);
  expect([revoked.status, revoked.url]).toEqual(["revoked", null]);
  const again = clerk.organizations.revokeOrganizationInvitation(revoke);
  expect(await refusal(again)).toMatchObject({ code: "organization_invitation_not_pending" });
});

test("sent many at once, all or none, and listed by status", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const guests = [email("bob"), email("cem"), email("dan")];
  const invite = (emailAddress: string) => ({
    emailAddress,
    role: "org:member",
    inviterUserId: ann.id,
  });
  const bad = clerk.organizations.createOrganizationInvitationBulk(organizationId, [
    invite(guests[0]!),
    invite("no address"),
  ]);
  expect(await refusal(bad)).toMatchObject({ status: 422, code: "form_param_format_invalid" });
  const made = await clerk.organizations.createOrganizationInvitationBulk(
    organizationId,
    guests.map(invite),
  );
  expect([made.totalCount, made.data.map((one) => one.emailAddress)]).toEqual([3, guests]);
  const revoke = { organizationId, invitationId: made.data[2]!.id };
  await clerk.organizations.revokeOrganizationInvitation(revoke);

  const listed = async (status: any, more = {}) => {
    const params = { organizationId, status, ...more };
    const page = await clerk.organizations.getOrganizationInvitationList(params);
    return [page.totalCount, page.data.map((one) => one.emailAddress).sort()];
  };
  expect(await listed(["pending"])).toEqual([2, guests.slice(0, 2)]);
  expect(await listed(["revoked"])).toEqual([1, guests.slice(2)]);
  expect(await listed(["pending", "revoked"])).toEqual([3, guests]);
  expect(await listed(["accepted"])).toEqual([0, []]);
  expect((await listed(["pending"], { limit: 1 }))[0]).toBe(2);
});

test("a person's own ones", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const bob = await someone(clerk, "Bob");
  await clerk.organizations.createOrganizationInvitation({
    organizationId,
    emailAddress: bob.primaryEmailAddress!.emailAddress,
    role: "org:member",
    inviterUserId: ann.id,
  });
  const own = await clerk.users.getOrganizationInvitationList({ userId: bob.id, status: "pending" });
  expect(own.totalCount).toBe(1);
  expect(own.data[0]).toMatchObject({ organizationId, status: "pending" });
  expect(own.data[0]?.publicOrganizationData).toMatchObject({ id: organizationId, name: "Acme" });
  const none = await clerk.users.getOrganizationInvitationList({
    userId: bob.id,
    status: "accepted",
  });
  expect(none.data).toEqual([]);
});

test("members who may not invite do not, and a bad role is named", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const bob = await someone(clerk, "Bob");
  const member = { organizationId, userId: bob.id, role: "org:member" };
  await clerk.organizations.createOrganizationMembership(member);
  const invite = (more: any) =>
    clerk.organizations.createOrganizationInvitation({
      organizationId,
      emailAddress: email(),
      role: "org:member",
      ...more,
    });
  expect(await refusal(invite({ inviterUserId: bob.id }))).toMatchObject({
    status: 403,
    code: "missing_organization_permission",
  });
  expect(await refusal(invite({ inviterUserId: ann.id, role: "org:none" }))).toMatchObject({
    status: 404,
  });
});
