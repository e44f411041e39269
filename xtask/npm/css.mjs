// Bundles a style sheet and its @imports into one file: node css.mjs ENTRY OUT [--minify]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { bundle } from "lightningcss";

const [entry, out, ...options] = process.argv.slice(2);

// Browsers of mid-2024, which know light-dark(), nesting and :has(). Versions as lightningcss
// reads them: major << 16 | minor << 8.
const targets = {
  chrome: 123 << 16,
  edge: 123 << 16,
  firefox: 120 << 16,
  safari: (17 << 16) | (5 << 8),
  ios_saf: (17 << 16) | (5 << 8),
};

try {
  const { code, warnings } = bundle({
    filename: entry,
    minify: options.includes("--minify"),
    targets,
  });
  for (const { message, loc } of warnings) {
    console.error(`${loc?.filename ?? entry}:${loc?.line ?? 1}: ${message}`);
  }
  if (warnings.length > 0) process.exit(1);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, code);
} catch (error) {
  const { fileName, loc, message } = error;
  console.error(`${fileName ?? entry}:${loc?.line ?? 1}:${loc?.column ?? 1}: ${message}`);
  process.exit(1);
}
