/** A server under test: the real binary, on a free port, with databases of its own. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = resolve(
  process.env.TENANTRY_BIN ?? join(import.meta.dirname, "../../../target/e2e/tenantry"),
);

const startLimit = 60_000;
const stopLimit = 10_000;

export class Server {
  private constructor(
    /** Its origin, without a slash at the end. */
    readonly url: string,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly lines: string[],
  ) {}

  private child?: ChildProcess;

  /** Migrates, seeds and serves; resolves when the server is ready. */
  static async start(): Promise<Server> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const folder = mkdtempSync(join(tmpdir(), "tenantry-end2end-"));
    const environment = {
      PATH: process.env.PATH,
      TENANTRY_ADDR: `127.0.0.1:${port}`,
      PUBLIC_URL: url,
      DATA_DIR: join(folder, "data"),
      RUST_LOG: process.env.RUST_LOG ?? "info,sqlx=warn,sea_orm=warn",
      NO_COLOR: "1",
    };
    const server = new Server(url, folder, environment, []);
    try {
      server.run("migrate");
      server.run("seed");
      await server.serve();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** All it has logged so far. */
  log(): string {
    return this.lines.join("");
  }

  /** How many characters it has logged: a mark for `logSince`. */
  logMark(): number {
    return this.log().length;
  }

  /** What it has logged since the mark. */
  logSince(mark: number): string {
    return this.log().slice(mark);
  }

  /** Ends the process and removes its databases. */
  async stop(): Promise<void> {
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const insist = setTimeout(() => child.kill("SIGKILL"), stopLimit);
      await ended;
      clearTimeout(insist);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(command: string): void {
    const { status, error, stdout, stderr } = spawnSync(binary, [command], this.options());
    if (error) throw new Error(`${binary} can't be started: ${error.message}`);
    if (status !== 0) {
      throw new Error(`tenantry ${command} ended with ${status}:\n${stdout}${stderr}`);
    }
  }

  private async serve(): Promise<void> {
    const child = spawn(binary, ["serve"], {
      ...this.options(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => this.lines.push(String(chunk)));
    }
    const end = Date.now() + startLimit;
    while (!(await isReady(this.url))) {
      if (child.exitCode !== null) throw new Error(`tenantry serve ended:\n${this.log()}`);
      if (Date.now() > end) throw new Error(`tenantry serve is not ready:\n${this.log()}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** Runs in its own folder, so that no `.env` of the project is read. */
  private options() {
    return { cwd: this.folder, env: this.environment, encoding: "utf8" } as const;
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
