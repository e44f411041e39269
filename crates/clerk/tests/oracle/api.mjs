// Makes every call of api-calls.mjs with Clerk's own SDK and prints one line of JSON for each:
// what was asked, what was answered, and what the SDK made of it. Nothing leaves the process.

import { calls } from "./api-calls.mjs";

const API = "http://api.test";
let answer;
let asked;

// A form's fields: texts as they are, files with what is said of them.
const fields = async (form) => {
  const read = async ([name, value]) => [
    name,
    typeof value === "string" ? value : { name: value.name, type: value.type, text: await value.text() },
  ];
  return Object.fromEntries(await Promise.all([...form].map(read)));
};

globalThis.fetch = async (address, { method, headers, body }) => {
  const url = new URL(address);
  if (url.origin !== API) throw new Error(`${address} is not the API`);
  const answered = typeof answer === "function" ? answer(url.pathname) : answer;
  const form = body instanceof FormData;
  asked.push({
    method,
    path: url.pathname,
    query: [...url.searchParams],
    // What a form is sent as, `fetch` says itself.
    headers: { ...Object.fromEntries(headers), ...(form && { "content-type": "multipart/form-data" }) },
    body: form ? await fields(body) : body === undefined || body === null ? null : JSON.parse(body),
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
