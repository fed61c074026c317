/** Each kind of event through the bundle, on both Nodes: all that it writes is as it was reviewed. */
import { cpSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EVENTS, type EventCase } from "./events.js";
import { startGithub } from "./github.js";
import { runStep, type StepResult, temporaryFolder } from "./runner.js";
import { isSkipped, runtimes } from "./runtimes.js";

function goldenOf(name: string, file: string): string {
  return fileURLToPath(new URL(`golden/${name}/${file}`, import.meta.url));
}

describe.each(runtimes)("$name", (runtime) => {
  it.skipIf(isSkipped(runtime)).each(EVENTS)("$name", async (one) => {
    if (runtime.node === null) throw new Error(`${runtime.name} is not to be had`);
    const github = await startGithub();
    const made = stepOf(one);
    const result = await runStep({
      ...made,
      node: runtime.node,
      inputs: { comment: "always", "sarif-file": "ouverture.sarif", ...made.inputs },
      environment: { GITHUB_API_URL: github.url, ...made.environment },
    });
    const plain = (text: string) => withoutPlaces(text, made.workspace, result);
    const files = {
      "log.txt": plain(result.log),
      "outputs.json": plain(`${JSON.stringify(result.outputs, null, 2)}\n`),
      "summary.md": plain(result.summary),
      "comment.md": github.comments.map(({ body }) => plain(body)).join("\n"),
      "report.sarif": plain(readSarif(result.outputs["sarif-path"] ?? "")),
    };
    for (const [file, text] of Object.entries(files)) {
      await expect(text).toMatchFileSnapshot(goldenOf(one.name, file));
    }
    expect(String(result.status)).toBe(result.outputs["exit-code"]);
  });
});

const steps = new Map<string, ReturnType<EventCase["step"]>>();

/** The repository is made once, and each Node gets a checkout of its own. */
function stepOf({ name, step }: EventCase): ReturnType<EventCase["step"]> {
  const made = steps.get(name) ?? step();
  steps.set(name, made);
  const workspace = temporaryFolder();
  cpSync(made.workspace, workspace, { recursive: true, verbatimSymlinks: true });
  return { ...made, workspace };
}

/** The report in lines; the version and what is said of each code are not of this event. */
function readSarif(path: string): string {
  if (path === "") return "";
  const sarif = JSON.parse(readFileSync(path, "utf8"));
  for (const { tool } of sarif.runs) {
    tool.driver.rules = tool.driver.rules.length;
    tool.driver.version = "<version>";
  }
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

/** Folders differ from run to run, and what git says from version to version. */
function withoutPlaces(text: string, workspace: string, { temporary }: StepResult): string {
  return text
    .replaceAll(workspace, "<workspace>")
    .replaceAll(temporary, "<temporary>")
    .replace(/report-\w{6}/g, "report-<random>")
    .replace(/Git says (\\?)".*?\1"/g, 'Git says $1"...$1"');
}
