/** Who may sign in: bans, locks, passwords. */

import { signInQuickly } from "../fixtures";
import { expect, password, refusal, someone, test } from "./fixtures";

test("a ban ends the sessions and keeps new ones away", async ({ clerk }) => {
  const { id } = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: id });
  expect((await clerk.users.banUser(id)).banned).toBe(true);
  expect((await clerk.sessions.getSession(session.id)).status).toBe("revoked");
  expect(await refusal(clerk.sessions.createSession({ userId: id }))).toMatchObject({
    status: 403,
    code: "user_banned",
  });
  expect((await clerk.users.unbanUser(id)).banned).toBe(false);
  expect((await clerk.sessions.createSession({ userId: id })).status).toBe("active");
});

test("a lock keeps Clerk's own sign-in out until it is lifted", async ({ clerk, page }) => {
  const user = await someone(clerk);
  const ann = { id: user.id, email: user.primaryEmailAddress!.emailAddress, password };
  const locked = await clerk.users.lockUser(user.id);
  expect(locked.locked).toBe(true);
  expect(locked.raw?.lockout_expires_in_seconds).toBeGreaterThan(0);
  await expect(signInQuickly(page, ann)).rejects.toThrow(/locked/);
  const unlocked = await clerk.users.unlockUser(user.id);
  expect([unlocked.locked, unlocked.raw?.lockout_expires_in_seconds]).toEqual([false, null]);
  await signInQuickly(page, ann);
});

test("passwords are verified, changed, called compromised and removed", async ({ clerk }) => {
  const { id } = await someone(clerk);
  expect(await clerk.users.verifyPassword({ userId: id, password })).toEqual({ verified: true });
  const wrong = () => clerk.users.verifyPassword({ userId: id, password: "something else" });
  const incorrect = { status: 422, code: "form_password_incorrect", field: "password" };
  expect(await refusal(wrong())).toEqual(incorrect);
  const session = await clerk.sessions.createSession({ userId: id });
  await clerk.users.updateUser(id, { password: "something else", signOutOfOtherSessions: true });
  expect((await clerk.sessions.getSession(session.id)).status).toBe("revoked");
  expect(await wrong()).toEqual({ verified: true });
  expect(await refusal(clerk.users.verifyPassword({ userId: id, password }))).toEqual(incorrect);

  expect((await clerk.users.setPasswordCompromised(id)).passwordEnabled).toBe(true);
  expect((await clerk.users.unsetPasswordCompromised(id)).passwordEnabled).toBe(true);
  expect((await clerk.users.removePassword(id)).passwordEnabled).toBe(false);
  expect(await refusal(wrong())).toMatchObject({ status: 400, code: "no_password_set" });
});

test("several are banned at once by plain requests, for which the client has no method", async ({
  clerk,
  instance,
}) => {
  const people = [await someone(clerk), await someone(clerk, "Bob")];
  const user_ids = people.map((one) => one.id);
  const banned = await instance.backend("POST", "/users/ban", { user_ids });
  expect(banned.map((one: any) => [one.id, one.banned])).toEqual(user_ids.map((id) => [id, true]));
  await instance.backend("POST", "/users/unban", { user_ids });
  expect((await clerk.users.getUser(user_ids[0]!)).banned).toBe(false);
});
