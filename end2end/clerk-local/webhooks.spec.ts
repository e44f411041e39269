/** Webhooks over real HTTP, checked by the verifiers that applications use; the page about them. */

import { once } from "node:events";
import { type IncomingHttpHeaders, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { verifyWebhook } from "@clerk/backend/webhooks";
import { Webhook } from "svix";

import { Instance, address, expect, person, test } from "./fixtures";

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

/** An application's endpoint; it answers with the next status, at last with 200. */
class Receiver {
  readonly calls: Call[] = [];
  statuses: number[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(port = 0): Promise<Receiver> {
    let receiver: Receiver | undefined;
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        receiver?.calls.push({ headers: request.headers, body });
        response.statusCode = receiver?.statuses.shift() ?? 200;
        response.end("noted");
      });
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    const { port: own } = server.address() as AddressInfo;
    receiver = new Receiver(server, `http://127.0.0.1:${own}/hooks`);
    return receiver;
  }

  /** The events so far, of this type and about this address. */
  about(type: string, email: string): Call[] {
    return this.calls.filter(({ body }) => JSON.parse(body).type === type && body.includes(email));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

/** Checks a delivery with both published verifiers; gives the event. */
async function verified({ headers, body }: Call, secret: string) {
  const names = ["svix-id", "svix-timestamp", "svix-signature"] as const;
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  new Webhook(secret).verify(body, signed);
  const request = new Request("http://localhost/hooks", { method: "POST", body, headers: signed });
  return verifyWebhook(request, { signingSecret: secret });
}

test("deliveries verify with svix and @clerk/backend, and are repeated until they are taken", async () => {
  const receiver = await Receiver.start();
  receiver.statuses = [500, 503];
  const instance = await Instance.start(
    ...["--webhook-url", receiver.url, "--webhook-retry-scale", "0.0001"],
  );
  try {
    const ann = await person(instance);
    await expect.poll(() => receiver.about("user.created", ann.email).length).toBe(3);
    const calls = receiver.about("user.created", ann.email);
    for (const call of calls) {
      const event = await verified(call, instance.keys.webhook_secret);
      expect(event.type).toBe("user.created");
      expect(event.data).toMatchObject({ id: ann.id });
    }
    expect(new Set(calls.map(({ headers }) => headers["svix-id"])).size).toBe(1);
    const stranger = `whsec_${Buffer.from("somebody else's secret..").toString("base64")}`;
    await expect(verified(calls[0]!, stranger)).rejects.toThrow();
  } finally {
    await instance.stop();
    await receiver.stop();
  }
});

test("an event that nobody took is delivered after the process was killed", async () => {
  const away = await Receiver.start();
  await away.stop();
  const instance = await Instance.start(
    ...["--webhook-url", away.url, "--webhook-retry-scale", "0.05"],
  );
  const ann = await person(instance);
  await instance.restart("SIGKILL");
  const receiver = await Receiver.start(Number(new URL(away.url).port));
  try {
    await expect
      .poll(() => receiver.about("user.created", ann.email).length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    await verified(receiver.about("user.created", ann.email)[0]!, instance.keys.webhook_secret);
  } finally {
    await instance.stop();
    await receiver.stop();
  }
});

test("the page: adding an endpoint, reading the log, replaying", async ({ page, instance }) => {
  const receiver = await Receiver.start();
  try {
    await page.goto("/__clerk/webhooks");
    await page.getByRole("link", { name: "Add an endpoint" }).click();
    await page.getByLabel("Address").pressSequentially("nowhere");
    await page.getByRole("button", { name: "Add endpoint" }).click();
    await expect(page.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Address").fill(receiver.url);
    await page.getByLabel("Event types").pressSequentially("user.created");
    await page.getByRole("button", { name: "Add endpoint" }).click();
    const secret = await page.getByTestId("secret").innerText();

    const email = address();
    await instance.backend("POST", "/users", {
      email_address: [email],
      password: "correct horse battery",
    });
    await expect.poll(() => receiver.calls.length).toBe(1);
    await verified(receiver.calls[0]!, secret);

    await page.goto("/__clerk/webhooks?event=user.created");
    await page.getByTestId("event").first().getByRole("link").click();
    await expect(page.getByTestId("payload")).toContainText(email);
    const delivery = page.getByTestId("delivery").filter({ hasText: receiver.url });
    await expect(delivery.getByTestId("state")).toHaveText("delivered, 1 attempt");
    await expect(delivery.getByTestId("attempt")).toContainText("noted");
    await delivery.getByRole("button", { name: "Replay" }).click();
    await expect.poll(() => receiver.calls.length).toBe(2);
    expect(receiver.calls[1]!.headers["svix-id"]).toBe(receiver.calls[0]!.headers["svix-id"]);
    expect(receiver.calls[1]!.body).toBe(receiver.calls[0]!.body);
  } finally {
    await receiver.stop();
  }
});
