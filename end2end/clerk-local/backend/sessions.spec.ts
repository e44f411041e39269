import { verifyToken } from "@clerk/backend";

import { acme, bearer, expect, refusal, someone, test } from "./fixtures";

test("made, listed and revoked, and their tokens prove who asks", async ({ clerk, instance }) => {
  const { ann: user, organizationId } = await acme(clerk);
  const session = await clerk.sessions.createSession({
    userId: user.id,
    // Published, though the client's types do not know it.
    ...({ activeOrganizationId: organizationId } as {}),
  });
  expect((await clerk.sessions.getSession(session.id)).userId).toBe(user.id);
  for (const filter of [{ userId: user.id }, { clientId: session.clientId }]) {
    const listed = await clerk.sessions.getSessionList({ ...filter, status: "active" });
    expect(listed.data.map((one) => one.id)).toEqual([session.id]);
    expect(listed.totalCount).toBe(1);
    const over = await clerk.sessions.getSessionList({ ...filter, status: "revoked" });
    expect(over.data).toEqual([]);
  }

  const { jwt } = await clerk.sessions.getToken(session.id);
  for (const key of [
    { jwtKey: instance.keys.jwt_key },
    { secretKey: instance.keys.secret_key, apiUrl: instance.keys.api_url },
  ]) {
    const claims = await verifyToken(jwt, key);
    expect([claims.sub, claims.sid]).toEqual([user.id, session.id]);
  }
  const state = await clerk.authenticateRequest(bearer(jwt));
  expect(state.isAuthenticated).toBe(true);
  expect(state.toAuth()).toMatchObject({
    userId: user.id,
    orgId: organizationId,
    orgRole: "org:admin",
  });

  const long = await clerk.sessions.getToken(session.id, undefined, 600);
  const claims = await verifyToken(long.jwt, { jwtKey: instance.keys.jwt_key });
  expect(claims.exp - claims.iat).toBe(600);
  expect((await clerk.sessions.verifySession(session.id, jwt)).id).toBe(session.id);

  expect((await clerk.sessions.revokeSession(session.id)).status).toBe("revoked");
  expect(await refusal(clerk.sessions.getToken(session.id))).toMatchObject({ status: 401 });
  const unknown = clerk.sessions.getSession("sess_none");
  expect(await refusal(unknown)).toMatchObject({ status: 404, code: "resource_not_found" });
});

test("no stranger's refresh token renews a session", async ({ clerk, instance }) => {
  const user = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const { jwt } = await clerk.sessions.getToken(session.id);
  const refused = clerk.sessions.refreshSession(session.id, {
    expired_token: jwt,
    refresh_token: "rt_unknown",
    request_origin: instance.url,
  });
  expect(await refusal(refused)).toMatchObject({ status: 401, code: "authentication_invalid" });
});
