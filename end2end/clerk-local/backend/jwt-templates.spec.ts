/** Templates of tokens. */

import { bearer, expect, mark, refusal, someone, test } from "./fixtures";

test("made, changed, used and deleted", async ({ clerk, instance }) => {
  const name = mark();
  const made = await clerk.jwtTemplates.create({
    name,
    claims: { who: "{{user.id}}", fixed: 1 },
    lifetime: 300,
  } as any);
  expect(made.name).toBe(name);
  const user = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const { jwt } = await clerk.sessions.getToken(session.id, name);
  const claims: any = JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString());
  expect(claims).toMatchObject({ who: user.id, fixed: 1, sub: user.id });
  expect(claims.exp - claims.iat).toBe(300);
  // Clerk's client takes no template's token for a session.
  const state = await clerk.authenticateRequest(bearer(jwt), { jwtKey: instance.keys.jwt_key });
  expect(state.isAuthenticated).toBe(false);
  const { data } = await clerk.jwtTemplates.list();
  expect(data.map((one) => one.id)).toContain(made.id);
  await clerk.jwtTemplates.update({ templateId: made.id, name, lifetime: 60, claims: {} } as any);
  expect((await clerk.jwtTemplates.get(made.id)).lifetime).toBe(60);
  expect((await clerk.jwtTemplates.delete(made.id)).deleted).toBe(true);
  expect(await refusal(clerk.jwtTemplates.get(made.id))).toMatchObject({ status: 404 });
});
