/** What must not happen on any page: console errors, uncaught exceptions, CSP violations. */

import { type BrowserContext, expect } from "@playwright/test";

export class PageProblems {
  private readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  private constructor(private readonly context: BrowserContext) {}

  /** Listens to every page of `context`, from before its first script. */
  static async watch(context: BrowserContext): Promise<PageProblems> {
    const problems = new PageProblems(context);
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
  async expectNone(): Promise<void> {
    // An answer from a page comes after all that the page has reported before.
    await Promise.all(this.context.pages().map((page) => page.evaluate(() => 0).catch(() => 0)));
    const rest = this.found.filter((text) => !this.allowed.some((allowed) => allowed.test(text)));
    expect(rest, "problems on the page").toEqual([]);
  }
}
