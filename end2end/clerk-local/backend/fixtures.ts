/**
 * What the tests of the backend API start from: Clerk's own client for Node as published, and people
 * to work with. Most of these tests open no page.
 */

import { randomUUID } from "node:crypto";

import { type ClerkClient, createClerkClient } from "@clerk/backend";

import { expect, test as base, type Instance } from "../fixtures";

export { expect, type Instance } from "../fixtures";

export const test = base.extend<{}, { clerk: ClerkClient }>({
  clerk: [
    async ({ instance }, use) => {
      await use(client(instance));
    },
    { scope: "worker" },
  ],
});

/** A client with the instance's secret key. */
export function client(instance: Instance): ClerkClient {
  return createClerkClient({
    secretKey: instance.keys.secret_key,
    publishableKey: instance.keys.publishable_key,
    apiUrl: instance.keys.api_url,
    telemetry: { disabled: true },
  });
}

export const password = "correct horse battery";

/** A word that nothing else has. */
export function mark(): string {
  return `m${randomUUID().slice(0, 8)}`;
}

/** A new address. */
export function email(name = "ann"): string {
  return `${name}-${mark()}@example.com`;
}

/** A person with a verified address and a password. */
export function someone(clerk: ClerkClient, name = "Ann") {
  return clerk.users.createUser({
    emailAddress: [email(name.toLowerCase())],
    password,
    firstName: name,
    lastName: "Tester",
  });
}

/** An organization, whose admin is Ann. */
export async function acme(clerk: ClerkClient) {
  const ann = await someone(clerk);
  const organization = await clerk.organizations.createOrganization({
    name: "Acme",
    createdBy: ann.id,
  });
  return { ann, organization, organizationId: organization.id };
}

/** What a call is refused with. */
export async function refusal(call: Promise<unknown>) {
  const error: any = await call.then(
    (answer) => `was answered: ${JSON.stringify(answer)}`,
    (error) => error,
  );
  expect(error?.clerkTraceId, String(error)).toBeTruthy();
  const { code, meta } = error.errors[0];
  return { status: error.status, code, field: meta?.paramName ?? null };
}

/** The smallest picture, and the file it comes in. */
export const pixel = Buffer.from(
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "base64",
);
export const picture = new Blob([pixel], { type: "image/gif" });

/** A request of a program that shows a token. */
export function bearer(token: string): Request {
  return new Request("http://localhost/api", { headers: { authorization: `Bearer ${token}` } });
}
