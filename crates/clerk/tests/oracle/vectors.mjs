// Single functions of Clerk's SDK.

import { verifyToken } from "@clerk/backend";
import { verifyWebhook } from "@clerk/backend/webhooks";
import { __experimental_JWTPayloadToAuthObjectProperties as authProperties } from "@clerk/shared/jwtPayloadParser";
import { getCookieSuffix, parsePublishableKey } from "@clerk/shared/keys";
import { enter } from "./world.mjs";

/** Verifies a token: its subject, or the reason why not. */
export async function verify({ nowMs, token, options }) {
  enter(nowMs);
  try {
    const { sub } = await verifyToken(token, options);
    return { subject: sub };
  } catch (error) {
    return { reason: error.reason ?? "no-reason", message: error.message };
  }
}

/** Takes a publishable key apart. */
export async function publishableKey({ key }) {
  const parsed = parsePublishableKey(key);
  return parsed && { ...parsed, suffix: await getCookieSuffix(key) };
}

/** The permissions that claims grant in the active organization; null if they are broken. */
export function permissions({ claims }) {
  try {
    return authProperties(claims).orgPermissions ?? [];
  } catch {
    return null;
  }
}

/** Whether a delivery is genuine. */
export async function webhook({ nowMs, secret, headers, body }) {
  enter(nowMs);
  try {
    const request = new Request("http://localhost/", { method: "POST", headers, body });
    await verifyWebhook(request, { signingSecret: secret });
    return { accepted: true };
  } catch (error) {
    return { accepted: false, why: error.message };
  }
}
