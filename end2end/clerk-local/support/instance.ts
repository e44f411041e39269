/** A local Clerk instance under test: the real program, on a free port, with a file of its own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Program, freePort } from "../../tests/support/program";

const target = join(import.meta.dirname, "../../../target");
const binary = resolve(process.env.CLERK_LOCAL_BIN ?? join(target, "e2e/clerk-local"));
const npm = resolve(process.env.CLERK_LOCAL_NPM ?? join(target, "clerk-npm"));

/** What `/__clerk/keys.json` tells. */
export interface Keys {
  publishable_key: string;
  secret_key: string;
  jwt_key: string;
  webhook_secret: string;
  api_url: string;
  proxy_url: string;
}

export class Instance {
  private constructor(
    /** Its origin, without a slash at the end; the playground's pages are there. */
    readonly url: string,
    private readonly folder: string,
    private readonly args: string[],
    private program: Program,
    readonly keys: Keys,
  ) {}

  /**
   * Starts one with more arguments than address, folder and packages. All the tests of a worker come
   * from one address: it has no rate limits.
   */
  static async start(...more: string[]): Promise<Instance> {
    return Instance.startLimited("--no-rate-limits", ...more);
  }

  /** Starts one as it is started without further arguments. */
  static async startLimited(...more: string[]): Promise<Instance> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const folder = mkdtempSync(join(tmpdir(), "clerk-local-"));
    const args = ["--addr", `127.0.0.1:${port}`, "--data", folder, "--npm", npm, ...more];
    const program = await launch(url, folder, args);
    const keys = (await (await fetch(`${url}/__clerk/keys.json`)).json()) as Keys;
    return new Instance(url, folder, args, program, keys);
  }

  /** Ends the process and starts it again on the same file; `SIGKILL` leaves it no time. */
  async restart(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.program.stop(signal);
    this.program = await launch(this.url, this.folder, this.args);
  }

  /** A call of the backend API with the secret key; fails on an error. */
  async backend<T = any>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.keys.api_url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.keys.secret_key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? (undefined as T) : JSON.parse(text);
  }

  /** All it has logged so far. */
  log(): string {
    return this.program.log();
  }

  /** Ends the process and removes its file. */
  async stop(): Promise<void> {
    await this.program.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function launch(url: string, folder: string, args: string[]): Promise<Program> {
  const env = { PATH: process.env.PATH, RUST_LOG: process.env.RUST_LOG, NO_COLOR: "1" };
  return Program.start({
    binary,
    args,
    cwd: folder,
    env,
    readyUrl: `${url}/__clerk/v1/environment`,
  });
}
