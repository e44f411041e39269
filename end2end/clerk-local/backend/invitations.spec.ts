/** Invitations to the application. */

import { clerkJs } from "../support/clerk_js";
import { email, expect, mark, password, refusal, someone, test } from "./fixtures";

test("made, listed, taken back and deleted", async ({ clerk, instance }) => {
  const word = mark();
  const emailAddress = email(word);
  const made = await clerk.invitations.createInvitation({
    emailAddress,
    publicMetadata: { plan: "pro" },
    redirectUrl: "http://localhost/welcome",
    expiresInDays: 3,
    notify: true,
  });
  expect(made).toMatchObject({ emailAddress, status: "pending", publicMetadata: { plan: "pro" } });
  expect(made.url).toContain("/v1/tickets/accept?ticket=");
  const outbox = async () => (await fetch(`${instance.url}/__clerk/outbox`)).text();
  expect(await outbox()).toContain(emailAddress);
  const again = clerk.invitations.createInvitation({ emailAddress });
  expect(await refusal(again)).toMatchObject({ code: "duplicate_record" });
  const second = await clerk.invitations.createInvitation({ emailAddress, ignoreExisting: true });

  const listed = async (status: any) => {
    const params = { query: word, status, orderBy: "created_at" } as const;
    const page = await clerk.invitations.getInvitationList(params);
    expect(page.totalCount).toBe(page.data.length);
    return page.data.map((one) => one.id);
  };
  expect(await listed("pending")).toEqual([made.id, second.id]);
  const revoked = await clerk.invitations.revokeInvitation(second.id);
  expect([revoked.status, revoked.revoked]).toEqual(["revoked", true]);
  expect(await listed("revoked")).toEqual([second.id]);
  expect(await refusal(clerk.invitations.revokeInvitation("inv_none"))).toMatchObject({
    status: 404,
    code: "resource_not_found",
  });

  for (const { id } of [made, second]) {
    expect(await clerk.invitations.deleteInvitation(id)).toMatchObject({ id, deleted: true });
  }
  expect([await listed("pending"), await listed("revoked")]).toEqual([[], []]);
  expect(await outbox()).not.toContain(emailAddress);
  expect(await refusal(clerk.invitations.deleteInvitation(made.id))).toMatchObject({ status: 404 });
});

test("sent many at once", async ({ clerk }) => {
  const word = mark();
  const guests = [email(`a${word}`), email(`b${word}`)];
  const params = guests.map((emailAddress) => ({ emailAddress, notify: false }));
  const made = await clerk.invitations.createInvitationBulk(params);
  expect(made.map((one) => one.emailAddress)).toEqual(guests);
  const page = await clerk.invitations.getInvitationList({ query: word, limit: 1 });
  expect([page.totalCount, page.data.length]).toEqual([2, 1]);
});

test("somebody with an account is not invited", async ({ clerk }) => {
  const ann = await someone(clerk);
  const emailAddress = ann.primaryEmailAddress!.emailAddress;
  const call = clerk.invitations.createInvitation({ emailAddress });
  expect(await refusal(call)).toMatchObject({ status: 422, code: "form_identifier_exists" });
});

test("accepted in a browser, its metadata is the new person's", async ({
  clerk,
  page,
  instance,
}) => {
  const emailAddress = email();
  const made = await clerk.invitations.createInvitation({
    emailAddress,
    publicMetadata: { plan: "pro" },
    redirectUrl: `${instance.url}/`,
  });
  await page.goto(made.url!);
  await expect(page.locator("body[data-ready=true]")).toBeAttached();
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("__clerk_status")).toBe("sign_up");
  const ticket = searchParams.get("__clerk_ticket");
  const id = await clerkJs(
    page,
    async (Clerk, fields) => (await Clerk.client.signUp.create(fields)).createdUserId,
    { strategy: "ticket", ticket, password },
  );
  expect((await clerk.users.getUser(id)).publicMetadata).toEqual({ plan: "pro" });
  const accepted = await clerk.invitations.getInvitationList({
    query: emailAddress,
    status: "accepted",
  });
  expect(accepted.data.map((one) => one.id)).toEqual([made.id]);
});
