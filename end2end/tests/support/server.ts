/** A server under test: the real binary, on a free port, with databases of its own. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Program, freePort } from "./program";

const binary = resolve(
  process.env.TENANTRY_BIN ?? join(import.meta.dirname, "../../../target/e2e/tenantry"),
);

export class Server {
  private constructor(
    /** Its origin, without a slash at the end. */
    readonly url: string,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  private program?: Program;

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
    const server = new Server(url, folder, environment);
    try {
      server.run("migrate");
      server.run("seed");
      // In its own folder, so that no `.env` of the project is read.
      const launch = { binary, args: ["serve"], cwd: folder, env: environment };
      server.program = await Program.start({ ...launch, readyUrl: `${url}/health/ready` });
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** All it has logged so far. */
  log(): string {
    return this.program?.log() ?? "";
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
    await this.program?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(command: string): void {
    const options = { cwd: this.folder, env: this.environment, encoding: "utf8" } as const;
    const { status, error, stdout, stderr } = spawnSync(binary, [command], options);
    if (error) throw new Error(`${binary} can't be started: ${error.message}`);
    if (status !== 0) {
      throw new Error(`tenantry ${command} ended with ${status}:\n${stdout}${stderr}`);
    }
  }
}
