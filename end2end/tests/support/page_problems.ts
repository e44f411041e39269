/** What must not happen on any page: console errors, uncaught exceptions, CSP violations. */

import { type BrowserContext, expect } from "@playwright/test";

export class PageProblems {
  private readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  private constructor() {}

  /** Listens to every page of `context`, from before its first script. */
  static async watch(context: BrowserContext): Promise<PageProblems> {
    const problems = new PageProblems();
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url, lineNumber } = message.location();
      problems.found.push(`console: ${message.text()} (${url}:${lineNumber})`);
    });
    context.on("weberror", (error) => {
      problems.found.push(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (violation) => {
        const { effectiveDirective, blockedURI, sourceFile, lineNumber } = violation;
        console.error(
          `CSP: ${effectiveDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber})`,
        );
      });
    });
    return problems;
  }

  /**
   * Expects problems that match: a page asked for on purpose that answers 404, for example, is
   * an error to the browser's console.
   */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Fails unless every problem so far was allowed. */
  expectNone(): void {
    const rest = this.found.filter((text) => !this.allowed.some((allowed) => allowed.test(text)));
    expect(rest, "problems on the page").toEqual([]);
  }
}
