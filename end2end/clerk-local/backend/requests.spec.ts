/** Who asks for a page: cookies of real browsers, the handshake and the session's renewal. */

import type { BrowserContext } from "@playwright/test";

import { Instance, person, signInQuickly } from "../fixtures";
import { client, expect, test } from "./fixtures";

const MINUTE_MS = 60_000;

/** The cookies that a browser sends to a page. */
type Jar = Map<string, string>;

async function jarOf(context: BrowserContext, url: string): Promise<Jar> {
  const cookies = await context.cookies(url);
  return new Map(cookies.map(({ name, value }) => [name, value]));
}

/** What a browser sends when its address bar asks for a page. */
function page(url: string, jar: Jar = new Map()): Request {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return new Request(url, {
    headers: { accept: "text/html", "sec-fetch-dest": "document", ...(cookie && { cookie }) },
  });
}

/** Keeps what an answer sets, as a browser does. */
function keep(jar: Jar, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [pair = "", ...attributes] = line.split(";");
    const [, name = "", value = ""] = /^(.*?)=(.*)$/.exec(pair) ?? [];
    const over = attributes.some((one) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
    if (over || value === "") jar.delete(name);
    else jar.set(name, value);
  }
}

/** Asks for a page and follows the way through the instance until it is decided who asks. */
async function visit(instance: Instance, url: string, jar: Jar) {
  const options = { proxyUrl: instance.keys.proxy_url };
  const seen: string[] = [];
  for (let step = 0; step < 6; step += 1) {
    const state = await client(instance).authenticateRequest(page(url, jar), options);
    seen.push(state.status);
    keep(jar, state.headers);
    let next = state.headers.get("location");
    if (!next) return { state, seen };
    if (next.startsWith(instance.keys.proxy_url)) {
      const answer = await fetch(page(next, jar), { redirect: "manual" });
      expect(answer.status).toBe(307);
      keep(jar, answer.headers);
      next = answer.headers.get("location")!;
    }
    url = next;
  }
  throw new Error(`the redirects do not end: ${seen}`);
}

test("a browser without cookies comes back from its handshake signed out", async ({ instance }) => {
  const jar: Jar = new Map();
  const { state, seen } = await visit(instance, `${instance.url}/app`, jar);
  expect(seen[0]).toBe("handshake");
  expect([state.status, state.reason]).toEqual(["signed-out", "session-token-and-uat-missing"]);
  expect(jar.get("__clerk_db_jwt")).toMatch(/^dvb_/);
  expect(jar.get("__client_uat")).toBe("0");
});

test("the cookies of clerk-js say who asks", async ({ instance, page: tab, context }) => {
  const ann = await person(instance);
  await signInQuickly(tab, ann);
  const jar = await jarOf(context, instance.url);
  const { state, seen } = await visit(instance, `${instance.url}/app`, jar);
  expect(seen).toEqual(["signed-in"]);
  expect(state.toAuth()).toMatchObject({ userId: ann.id, tokenType: "session_token" });
  expect(state.toAuth()).toMatchObject({ sessionClaims: { azp: instance.url } });
});

test("a signed-in browser without a session's token gets one by a handshake", async ({
  instance,
  page: tab,
  context,
}) => {
  const ann = await person(instance);
  await signInQuickly(tab, ann);
  const jar = await jarOf(context, instance.url);
  for (const name of [...jar.keys()]) if (name.startsWith("__session")) jar.delete(name);
  const { state, seen } = await visit(instance, `${instance.url}/app?tab=1`, jar);
  expect([seen[0], state.status]).toEqual(["handshake", "signed-in"]);
  expect(state.toAuth()).toMatchObject({ userId: ann.id });
  expect(jar.get("__session")).toBeTruthy();
});

test("an expired token is renewed by the refresh token, and without one by the handshake", async ({
  browser,
}) => {
  const instance = await Instance.start("--faults");
  try {
    // Instance and browser live three minutes ago: what clerk-js keeps has expired by now.
    const past = Date.now() - 3 * MINUTE_MS;
    await faults(instance, "POST", "/clock", { stop_at: past });
    const context = await browser.newContext({ baseURL: instance.url });
    const tab = await context.newPage();
    await tab.clock.setFixedTime(past);
    const ann = await person(instance);
    await signInQuickly(tab, ann);
    const jar = await jarOf(context, instance.url);
    const old = new Map([...jar].filter(([name]) => name.startsWith("__session")));
    await context.close();
    await faults(instance, "DELETE", "");

    const url = `${instance.url}/app`;
    const refresh = [...jar].find(([name]) => name.startsWith("__refresh"))!;
    const first = await visit(instance, url, jar);
    expect(first.seen).toEqual(["signed-in"]);
    expect(first.state.toAuth()).toMatchObject({ userId: ann.id });
    for (const [name, value] of [...old, refresh]) expect(jar.get(name)).not.toBe(value);
    expect((await visit(instance, url, jar)).seen).toEqual(["signed-in"]);

    jar.delete(refresh[0]);
    for (const [name, value] of old) jar.set(name, value);
    const second = await visit(instance, url, jar);
    expect([second.seen[0], second.state.status]).toEqual(["handshake", "signed-in"]);
    expect(second.state.toAuth()).toMatchObject({ userId: ann.id });

    // A session that is over is not renewed.
    const clerk = client(instance);
    const { data } = await clerk.sessions.getSessionList({ userId: ann.id });
    await clerk.sessions.revokeSession(data[0]!.id);
    for (const [name, value] of old) jar.set(name, value);
    const third = await visit(instance, url, jar);
    expect([third.seen[0], third.state.status]).toEqual(["handshake", "signed-out"]);
  } finally {
    await instance.stop();
  }
});

async function faults(instance: Instance, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${instance.url}/__clerk/faults${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}
