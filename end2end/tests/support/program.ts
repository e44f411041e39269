/** A program under test: the real binary as a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const startLimit = 60_000;
const stopLimit = 10_000;

/** How a program is started. */
export interface Launch {
  binary: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** An address that answers with a good status once the program is ready. */
  readyUrl: string;
}

export class Program {
  private readonly lines: string[] = [];

  private constructor(
    private readonly launch: Launch,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => this.lines.push(String(chunk)));
    }
  }

  /** Starts it; resolves when it is ready. */
  static async start(launch: Launch): Promise<Program> {
    const { binary, args, cwd, env } = launch;
    const child = spawn(binary, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const program = new Program(launch, child);
    try {
      await program.untilReady();
    } catch (error) {
      await program.stop();
      throw error;
    }
    return program;
  }

  /** All it has logged so far. */
  log(): string {
    return this.lines.join("");
  }

  /** Ends the process, by `signal` and then by force. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const insist = setTimeout(() => child.kill("SIGKILL"), stopLimit);
    await ended;
    clearTimeout(insist);
  }

  private async untilReady(): Promise<void> {
    let failure: Error | undefined;
    this.child.on("error", (error) => (failure = error));
    const end = Date.now() + startLimit;
    while (!(await isGood(this.launch.readyUrl))) {
      const { binary } = this.launch;
      if (failure) throw new Error(`${binary} can't be started: ${failure.message}`);
      if (this.child.exitCode !== null) throw new Error(`${binary} ended:\n${this.log()}`);
      if (Date.now() > end) throw new Error(`${binary} is not ready:\n${this.log()}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
}

async function isGood(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
