// Makes every call of api-calls.mjs with Clerk's own SDK and prints one line of JSON for each:
// what was asked, what was answered, and what the SDK made of it. Nothing leaves the process.

import { calls } from "./api-calls.mjs";

const API = "http://api.test";
let answer;
let asked;

globalThis.fetch = async (address, { method, headers, body }) => {
  const url = new URL(address);
  if (url.origin !== API) throw new Error(`${address} is not the API`);
  const answered = typeof answer === "function" ? answer(url.pathname) : answer;
  asked.push({
    method,
    path: url.pathname,
    query: [...url.searchParams],
    headers: Object.fromEntries(headers),
    body: body === undefined || body === null ? null : JSON.parse(body),
    answered,
  });
  return new Response(JSON.stringify(answered), { headers: { "content-type": "application/json" } });
};

// Later than the above: the SDK takes hold of `fetch` when it is loaded.
const { createClerkClient } = await import("@clerk/backend");
const client = createClerkClient({
  apiUrl: API,
  secretKey: "sk_test_instance",
  machineSecretKey: "ak_machine",
  telemetry: { disabled: true },
});

for (const [name, [prepared, call]] of Object.entries(calls)) {
  answer = prepared;
  asked = [];
  const parsed = await call(client);
  // Objects that remember the answer would show every member of it.
  const shown = JSON.stringify({ name, asked, parsed }, (key, value) => (key === "_raw" ? undefined : value));
  process.stdout.write(`${shown}\n`);
}
