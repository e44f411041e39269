import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** What is Clerk's own to mend: the rule, and the element of its component. */
const clerks: [rule: string, element: string][] = [
  // With passkeys its field says `webauthn` alone, where HTML wants the field's name before it.
  ["autocomplete-valid", "#identifier-field"],
];

/** The rules that look at colours. */
export const looksOnly = ["color-contrast", "link-in-text-block"];

/**
 * Fails on any accessibility violation of the page as it is now, colour contrast included.
 * With `rules`, on those alone.
 */
export async function axe(page: Page, rules?: string[]): Promise<void> {
  // A colour on its way from one theme to the other belongs to neither: let it arrive.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
  const builder = new AxeBuilder({ page });
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes
      .map((node) => ({ target: node.target.join(" "), failure: node.failureSummary }))
      .filter(({ target }) => !clerks.some(([rule, element]) => rule === id && element === target))
      .map(({ target, failure }) => ({ rule: `${id}: ${help}`, element: `${target}: ${failure}` })),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** The page as it is, in both themes and narrow, where it must not scroll sideways. */
export async function axeInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await axe(page);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await axe(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 720 });
}
