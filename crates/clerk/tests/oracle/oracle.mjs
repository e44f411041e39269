// Answers questions, one line of JSON each, as Clerk's own SDK does. Errors of this program
// end it, so that they cannot pass for answers.

import "./world.mjs";

import { createInterface } from "node:readline";

const { authenticate } = await import("./authenticate.mjs");
const vectors = await import("./vectors.mjs");
const answerers = { authenticate, ...vectors };

for await (const line of createInterface({ input: process.stdin })) {
  const { kind, ...question } = JSON.parse(line);
  const answer = await answerers[kind](question);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
