import { createClerkClient } from "@clerk/backend";

import { expect, refusal, test } from "./fixtures";

test("a wrong secret key opens nothing", async ({ instance }) => {
  const stranger = createClerkClient({
    secretKey: "sk_test_0123456789012345678901234567890123456789ab",
    publishableKey: instance.keys.publishable_key,
    apiUrl: instance.keys.api_url,
    telemetry: { disabled: true },
  });
  for (const call of [
    () => stranger.users.getUserList(),
    () => stranger.machines.list(),
    () => stranger.apiKeys.list({ subject: "user_1" }),
    () => stranger.m2m.list({ subject: "mch_1" }),
    () => stranger.jwks.getJwks(),
  ]) {
    expect(await refusal(call())).toMatchObject({ status: 401, code: "clerk_key_invalid" });
  }
});
