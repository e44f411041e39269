// What one `verifyToken` of Clerk's own SDK costs, with a known key and no network, beside
// Node's bare check of the same signature. Prints a line each. Run by `cargo bench -p clerk`.
import { verifyToken } from '@clerk/backend';
import { createPublicKey, verify } from 'node:crypto';

const ROUNDS = 40;
const CALLS = 250;

const { token, jwtKey, authorizedParties } = JSON.parse(process.argv[2]);

// The fastest and the middle of the rounds, in microseconds per call; the first rounds warm up.
async function measure(call) {
  const rounds = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const start = process.hrtime.bigint();
    for (let n = 0; n < CALLS; n++) await call();
    if (round >= ROUNDS) rounds.push(Number(process.hrtime.bigint() - start) / CALLS / 1000);
  }
  rounds.sort((a, b) => a - b);
  return `${rounds[0].toFixed(1)} µs at best, ${rounds[ROUNDS / 2].toFixed(1)} µs as a rule`;
}

const key = createPublicKey(jwtKey);
const split = token.lastIndexOf('.');
const signed = Buffer.from(token.slice(0, split));
const signature = Buffer.from(token.slice(split + 1), 'base64url');

const sdk = await measure(() => verifyToken(token, { jwtKey, authorizedParties }));
const bare = await measure(() => {
  if (!verify('RSA-SHA256', signed, key, signature)) throw new Error('not verified');
});
console.log(`@clerk/backend verifyToken on Node ${process.version}: ${sdk}`);
console.log(`node:crypto bare RS256 check: ${bare}`);
