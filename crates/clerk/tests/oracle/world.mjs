// What Clerk's SDK sees of the world: a clock, a network, and a console, all from one case.
// Load this before the SDK, which keeps the `fetch` that it finds.

const API = "https://api.clerk.com";

let now = 0;
let answers = {};
let asked = [];
let unexpected = [];

/** Sets the clock, and what the backend API answers, for one case. */
export function enter(time, network = {}) {
  now = time;
  answers = network;
  asked = [];
  unexpected = [];
}

/** What the backend API was asked since `enter`, and the calls that no case allows for. */
export function leave() {
  return { asked, unexpected };
}

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }

  static now() {
    return now;
  }
};

// The pauses between attempts are not what is compared.
globalThis.setTimeout = (callback, _delay, ...args) => setImmediate(callback, ...args);

for (const method of ["debug", "error", "info", "log", "trace", "warn"]) {
  console[method] = () => {};
}

/** Which answer of the case belongs to a call; keys are answered as often as they are asked for. */
function route(method, url, body) {
  const { origin, pathname, searchParams } = url;
  if (origin !== API) {
    return undefined;
  }
  const refresh = pathname.match(/^\/v1\/sessions\/([^/]+)\/refresh$/);
  if (method === "GET" && pathname === "/v1/jwks") {
    return ["jwks"];
  }
  if (method === "GET" && pathname === "/v1/clients/handshake_payload") {
    return ["handshakePayload", { nonce: searchParams.get("nonce") }];
  }
  if (method === "POST" && refresh) {
    return [
      "refresh",
      {
        ...body,
        session: decodeURIComponent(refresh[1]),
        suffixed_cookies: searchParams.get("suffixed_cookies") === "true",
      },
    ];
  }
  const machine = {
    "/api_keys/verify": ["apiKey", { apiKey: body?.secret }],
    "/m2m_tokens/verify": ["m2mToken", { m2mToken: body?.token }],
    "/oauth_applications/access_tokens/verify": ["oauthToken", { oauthToken: body?.access_token }],
  };
  return method === "POST" ? machine[pathname] : undefined;
}

globalThis.fetch = async (target, { method = "GET", body } = {}) => {
  const url = new URL(target);
  const found = route(method, url, body ? JSON.parse(body) : undefined);
  const answer = found && answers[found[0]];
  if (!answer) {
    unexpected.push(`${method} ${url.href}`);
    throw new TypeError("fetch failed");
  }
  if (found[1]) {
    asked.push(found[1]);
  }
  if (answer.unreachable) {
    throw new TypeError("fetch failed");
  }
  return new Response(answer.body, {
    status: answer.status,
    headers: { "content-type": answer.type ?? "application/json" },
  });
};
