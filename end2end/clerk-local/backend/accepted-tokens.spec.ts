/** Routes that take some kinds of tokens and no others (`acceptsToken`). */

import { bearer, expect, someone, test } from "./fixtures";

test("each kind of token passes where it is named, and only there", async ({ clerk }) => {
  const user = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const api = await clerk.machines.create({ name: "api" });
  const jobs = await clerk.machines.create({ name: "jobs", scopedMachines: [api.id] });
  const key = await clerk.apiKeys.create({ name: "CI", subject: user.id });
  const machine = { machineSecretKey: jobs.secretKey };
  const tokens: Record<string, string> = {
    session_token: (await clerk.sessions.getToken(session.id)).jwt,
    api_key: key.secret!,
    m2m_token: (await clerk.m2m.createToken(machine)).token!,
  };
  const kinds = ["session_token", "api_key", "m2m_token"] as const;
  const ask = (token: string, acceptsToken: any) =>
    clerk.authenticateRequest(bearer(token), { acceptsToken, machineSecretKey: api.secretKey });
  for (const kind of kinds) {
    for (const accepted of ["any", kind, kinds, [kind, "oauth_token"]]) {
      const state = await ask(tokens[kind]!, accepted);
      expect([kind, state.tokenType, state.isAuthenticated]).toEqual([kind, kind, true]);
    }
    const others = kinds.filter((other) => other !== kind);
    for (const accepted of [...others, others]) {
      const state = await ask(tokens[kind]!, accepted);
      expect([kind, accepted, state.isAuthenticated]).toEqual([kind, accepted, false]);
      // Of several kinds, Clerk's client does not always say that it missed one of them.
      expect(["token-invalid", "token-type-mismatch"]).toContain(state.reason);
    }
  }
});
