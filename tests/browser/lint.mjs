// Compares the warnings of Mozilla's linter with a list of explained ones: lint.mjs REPORT LIST.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The problems of a report, as sentences: errors, unexplained warnings, and explanations without a warning.
export function problemsOf({ errors, warnings }, explained) {
  const about = ({ code, file, message }) => `${code} in ${file}: ${message}`;
  const found = new Set(warnings.map(about)), known = new Set(explained.map(about));
  return [
    ...errors.map((error) => `error ${about(error)}`),
    ...[...found].filter((warning) => !known.has(warning)).map((warning) => `new warning ${warning}`),
    ...[...known].filter((warning) => !found.has(warning)).map((warning) => `no longer a warning: ${warning}`),
    ...explained.filter(({ reason }) => !reason).map((warning) => `without a reason: ${about(warning)}`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [report, list] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
  const problems = problemsOf(report, list);
  for (const problem of problems) console.error(problem);
  console.log(`${report.errors.length} errors, ${report.warnings.length} warnings, ${list.length} explained`);
  process.exitCode = problems.length ? 1 : 0;
}
