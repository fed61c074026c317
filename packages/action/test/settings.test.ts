/** What inputs, variables and the configuration do, through the bundle. */
import { cpSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, hang, serveFolder, startServer } from "../../pool/test/http/faulty-server.js";
import { FORGED, pullRequest } from "./events.js";
import { type Files, importOf, market, objectFileOf, writeFiles } from "./repositories.js";
import { runStep, type Step, temporaryFolder } from "./runner.js";

const BAD = "from ouverture.pool import object_1 as f\n";
/** An import whose name mixes two scripts is a warning. */
const WARNING = importOf("round_money").replace("as round_money", "as r\u043eund");
const WITHOUT_CLAMP: Files = {
  [dirname(objectFileOf("clamp"))]: null,
  "shop/clamped.py": importOf("clamp"),
};

/** A workspace with the files of the example's pool, and others. */
function workspaceOf(files: Files): string {
  const workspace = temporaryFolder();
  cpSync(join(market, ".ouverture"), join(workspace, ".ouverture"), { recursive: true });
  writeFiles(workspace, { "shop/bill.py": importOf("round_money"), ...files });
  return workspace;
}

type Settings = Pick<Step, "inputs" | "environment">;

async function resultOf(files: Files, settings: Settings = {}) {
  return runStep({ workspace: workspaceOf(files), event: "schedule", ...settings });
}

describe("an input goes over a variable, and that over the configuration", () => {
  const file = { ".ouverture/config.yaml": "verify:\n  fail_on: warning\n", "a.py": WARNING };
  const empty = { shop: null, ".ouverture/config.yaml": "verify:\n  allow_empty: true\n" };
  it.each<[string, Files, Settings, number]>([
    ["nothing", { "a.py": WARNING }, {}, 0],
    ["the file", file, {}, 1],
    ["a variable", file, { environment: { OUVERTURE_FAIL_ON: "error" } }, 0],
    ["an input", file, { inputs: { "fail-on": "error" } }, 0],
    [
      "an input and a variable",
      file,
      { inputs: { "fail-on": "warning" }, environment: { OUVERTURE_FAIL_ON: "error" } },
      1,
    ],
    ["the file", empty, {}, 0],
    ["a variable", empty, { environment: { OUVERTURE_ALLOW_EMPTY: "false" } }, 2],
    ["an input", empty, { inputs: { "allow-empty": "false" } }, 2],
  ])("%s says it %#", async (_, files, settings, status) => {
    expect((await resultOf(files, settings)).status).toBe(status);
  });
});

describe("what is checked", () => {
  it.each<[string, Files, Settings, string]>([
    ["all", { "a.py": BAD }, {}, "failed of 2"],
    ["paths", { "a.py": BAD, "b.py": "" }, { inputs: { paths: "shop\nb.py" } }, "verified of 2"],
    ["exclude", { "v/a.py": BAD }, { inputs: { exclude: "v/**" } }, "verified of 1"],
    ["a folder", { "a.py": BAD }, { inputs: { "working-directory": "shop" } }, "verified of 1"],
    [
      "a repository in the workspace",
      { "a.py": BAD, "in/.ouverture/config.yaml": "", "in/b.py": "import os\n" },
      { inputs: { "working-directory": "in" } },
      "verified of 1",
    ],
    [
      "paths of a folder",
      { "shop/a.py": BAD },
      { inputs: { "working-directory": "shop", paths: "bill.py" } },
      "verified of 1",
    ],
    [
      "a configuration that is named",
      { "a.py": WARNING, "ci/o.yaml": "verify: { fail_on: warning }\n" },
      { inputs: { config: "ci/o.yaml" } },
      "failed of 2",
    ],
    ["no pool", {}, { inputs: { pool: "shop" } }, "failed of 1"],
    ["a variable", { "a.py": BAD }, { environment: { OUVERTURE_PATHS: "shop" } }, "verified of 1"],
  ])("%s", async (_, files, settings, expected) => {
    const { outputs } = await resultOf(files, settings);
    expect(`${outputs.result} of ${outputs["files-scanned"]}`).toBe(expected);
  });

  it("is what differs between two references", async () => {
    const { hosted, base, ...step } = pullRequest({ "a.py": BAD }, { depth: 0 });
    const inputs = { mode: "changed" };
    const changed = await runStep({
      ...step,
      event: "schedule",
      inputs: { ...inputs, "base-ref": base },
    });
    expect(changed.outputs).toMatchObject({ result: "failed", "files-scanned": "1" });
    const same = { ...inputs, "base-ref": "HEAD", "head-ref": "HEAD" };
    const nothing = await runStep({ ...step, event: "schedule", inputs: same });
    expect(nothing.outputs).toMatchObject({ result: "verified", "files-scanned": "0" });
    expect(hosted.url).toMatch(/^file:/);
  });

  it("is everything where an event has nothing to compare with, and that is told", async () => {
    const { text, outputs } = await resultOf({ "a.py": BAD }, { inputs: { mode: "changed" } });
    expect(outputs.result).toBe("failed");
    expect(text).toContain("The event schedule has nothing to compare with");
  });
});

describe("registries", () => {
  it("are named by an input", async () => {
    const server = await startServer(serveFolder(join(market, ".ouverture")));
    const { outputs } = await resultOf(WITHOUT_CLAMP, {
      inputs: { registries: `company=${server.url}`, concurrency: "1" },
    });
    expect(outputs).toMatchObject({ result: "verified", functions: "2" });
    expect(server.requests.length).toBeGreaterThan(0);
  });

  it("are not asked offline", async () => {
    const server = await startServer(serveFolder(join(market, ".ouverture")));
    const inputs = { registries: `company=${server.url}`, offline: "true" };
    const { status, outputs } = await resultOf(WITHOUT_CLAMP, { inputs });
    expect(status).not.toBe(0);
    expect(outputs.verified).toBe("1");
    expect(server.requests).toEqual([]);
  });

  it.each([
    ["0", 1],
    ["2", 3],
  ])("are asked again as often as 'retries: %s' says", async (retries, times) => {
    const server = await startServer(answer(503));
    const inputs = { registries: `company=${server.url}`, retries };
    const { status } = await resultOf(WITHOUT_CLAMP, { inputs });
    const asked = server.requests.filter(({ path }) => path.endsWith("object.json"));
    expect({ status, asked: asked.length }).toEqual({ status: 2, asked: times });
  });

  it("that never answer are waited for no longer than 'timeout' says", async () => {
    const server = await startServer(hang);
    const inputs = { registries: `company=${server.url}`, retries: "0", timeout: "1" };
    const { status, commands } = await resultOf(WITHOUT_CLAMP, { inputs });
    expect(status).toBe(2);
    expect(commands.map(({ data }) => data).join("\n")).toContain("company");
  });
});

describe("the report", () => {
  it("is a document where an input says, and otherwise in a temporary folder", async () => {
    const named = await resultOf(FORGED, { inputs: { "json-file": "out/report.json" } });
    expect(named.outputs["report-path"]).toMatch(/[\\/]out[\\/]report\.json$/);
    const other = await resultOf(FORGED);
    const path = other.outputs["report-path"] ?? "";
    expect(path.startsWith(other.temporary)).toBe(true);
    for (const file of [named.outputs["report-path"] ?? "", path]) {
      expect(JSON.parse(readFileSync(file, "utf8")).outcome).toBe("verified");
    }
    expect(other.outputs["sarif-path"]).toBe("");
  });

  it("is not where an input says no", async () => {
    const files = { "a.py": BAD };
    const { status, commands, summary, log } = await resultOf(files, {
      inputs: { annotations: "false", summary: "false" },
    });
    expect({ status, commands, summary }).toEqual({ status: 1, commands: [], summary: "" });
    expect(log).toContain("[malformed-import]");
  });

  it("tells the result in all outputs, also of a step that cannot begin", async () => {
    const { status, outputs } = await resultOf({}, { inputs: { mode: "some" } });
    expect({ status, outputs }).toEqual({
      status: 2,
      outputs: {
        result: "unchecked",
        "exit-code": "2",
        "files-scanned": "0",
        imports: "0",
        functions: "0",
        verified: "0",
        findings: "0",
        skipped: "0",
        "report-path": "",
        "sarif-path": "",
      },
    });
  });

  it("changes no file of the workspace but those that inputs name", async () => {
    const { workspace, ...step } = pullRequest({ "a.py": BAD });
    const { execFileSync } = await import("node:child_process");
    await runStep({ ...step, workspace, inputs: { mode: "changed", "sarif-file": "out.sarif" } });
    const status = execFileSync("git", ["status", "--porcelain"], {
      cwd: workspace,
      encoding: "utf8",
    });
    expect(status).toBe("?? out.sarif\n");
    expect(existsSync(join(workspace, "out.sarif"))).toBe(true);
  });
});
