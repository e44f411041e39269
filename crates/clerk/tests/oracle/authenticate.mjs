// One request, decided by Clerk's SDK.

import { createClerkClient } from "@clerk/backend";
import { enter, leave } from "./world.mjs";

/** Decides a case; the answer has the shape of `Decision` in the test. */
export async function authenticate({ nowMs, request, options, answers }) {
  enter(nowMs, answers);
  const { asked, ...decision } = await decide(request, options);
  const seen = leave();
  return { ...decision, asked: seen.asked, unexpected: seen.unexpected };
}

async function decide({ method, target, headers }, options) {
  let state;
  try {
    const client = createClerkClient({
      secretKey: options.secretKey,
      publishableKey: options.publishableKey,
      telemetry: { disabled: true },
    });
    state = await client.authenticateRequest(incoming(method, target, headers), options);
  } catch (error) {
    return { error: error.message };
  }
  return {
    status: state.status,
    reason: state.reason,
    message: state.message,
    tokenType: state.tokenType,
    headers: [...state.headers],
    ...identity(state),
  };
}

/** As a Node server hands a request on: without TLS of its own, at the host it was asked for. */
function incoming(method, target, headers) {
  const host = headers.find(([name]) => name === "host")?.[1];
  return new Request(`http://${host ?? "localhost"}${target}`, { method, headers });
}

function identity(state) {
  let auth;
  try {
    auth = state.toAuth();
  } catch (error) {
    return { identityError: error.message };
  }
  if (!auth?.isAuthenticated) {
    return {};
  }
  const { userId, sessionId, orgId, orgRole, orgSlug, orgPermissions } = auth;
  if (auth.tokenType === "session_token") {
    return { identity: { userId, sessionId, orgId, orgRole, orgSlug, orgPermissions } };
  }
  const { id, subject, scopes, claims, name, machineId, clientId } = auth;
  return { machine: { id, subject, scopes, claims, name, machineId, clientId, userId, orgId } };
}
