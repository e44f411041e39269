import { expect, refusal, someone, test } from "./fixtures";

test("read, listed and known by their token", async ({ clerk, instance }) => {
  const user = await someone(clerk);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const browser = await clerk.clients.getClient(session.clientId);
  expect(browser.sessionIds).toEqual([session.id]);
  expect(browser.sessions[0]?.userId).toBe(user.id);
  const { data, totalCount } = await clerk.clients.getClientList();
  expect(data.map((one) => one.id)).toContain(session.clientId);
  expect(totalCount).toBeGreaterThan(0);
  const made = await fetch(`${instance.keys.proxy_url}/v1/dev_browser`, { method: "POST" });
  const { id } = (await made.json()) as { id: string };
  expect((await clerk.clients.verifyClient(id)).id).toMatch(/^client_/);
  expect(await refusal(clerk.clients.verifyClient("dvb_unknown"))).toMatchObject({ status: 404 });
});

test("a handshake's nonce stands for cookies once", async ({ clerk, instance }) => {
  const query = new URLSearchParams({ redirect_url: `${instance.url}/app`, format: "nonce" });
  const way = `${instance.keys.proxy_url}/v1/client/handshake?${query}`;
  const answer = await fetch(way, { redirect: "manual" });
  const back = new URL(answer.headers.get("location")!);
  const nonce = back.searchParams.get("__clerk_handshake_nonce")!;
  const { directives } = await clerk.clients.getHandshakePayload({ nonce });
  expect(directives.some((line) => line.startsWith("__client_uat=0"))).toBe(true);
  const again = clerk.clients.getHandshakePayload({ nonce });
  expect(await refusal(again)).toMatchObject({ status: 404 });
});
