/**
 * Text of strangers through the bundle: in file names, docstrings, objects, configurations, branches
 * and what registries and GitHub answer. None of it is a command, markup or a control character in
 * anything that the Action writes.
 */
import {
  existsSync,
  lstatSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  attributesOf,
  elementsOf,
  foundByGithub,
  renderMarkdown,
} from "../../core/test/report/github-markdown.js";
import { answer, startServer } from "../../pool/test/http/faulty-server.js";
import { FORGED, pullRequest } from "./events.js";
import { startGithub } from "./github.js";
import { FUNCTIONS, git, importOf, objectFileOf, writeFiles } from "./repositories.js";
import { runStep, type Step, type StepResult, temporaryFolder } from "./runner.js";

const ESC = "\u001b";
/** Each is recognised where it arrives unharmed. */
const HOSTILE = [
  "::error::owned",
  " \u0085::add-mask::owned",
  "##[add-path]owned",
  "##[group]owned",
  `${ESC}[2J${ESC}]8;;https://owned.example${ESC}\\owned`,
  "<script>owned</script><img src=x onerror=owned>",
  "--><h1>owned</h1>",
  "[owned](https://owned.example) ![](https://owned.example/x.png)",
  "| owned | `owned` **owned** @owned #1",
  "\u202eowned\u2066",
  "%0A::error::owned",
];
/** What stands in each, in one line as a name of a file, and as a text. */
const NAME = HOSTILE.join(" ").replaceAll("/", "_").slice(0, 240);
const TEXT = HOSTILE.join("\n");

/** All that was written, for whoever reads it. */
async function runHostile(step: Step) {
  const github = await startGithub();
  const result = await runStep({
    ...step,
    inputs: { comment: "always", "sarif-file": "out.sarif", ...step.inputs },
    environment: { GITHUB_API_URL: github.url, ...step.environment },
  });
  return { result, comment: github.comments.map(({ body }) => body).join("\n") };
}

/** What a report is made of, and where it leads. */
const ELEMENTS = "h2 p table thead tbody tr th td a strong ul li code details summary em br".split(
  " ",
);
const LINKS = "https://github.com/ouverture/ouverture/blob/main/docs/findings.md#";

const OURS = new Set(["error", "warning", "notice"]);

function expectHarmless({ log, commands, summary, outputs }: StepResult, comment: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
  for (const text of [log, summary, comment]) expect(text).not.toMatch(control);
  for (const { name, data, properties } of commands) {
    expect(OURS).toContain(name);
    // One line of ours is one command: what is in it stays in it.
    expect(data).not.toBe("owned");
    expect(properties.title).toBeDefined();
  }
  expect(log).not.toMatch(/##\[/);
  for (const markdown of [summary, comment]) {
    const html = renderMarkdown(markdown);
    expect(elementsOf(html).filter((name) => !ELEMENTS.includes(name))).toEqual([]);
    expect(attributesOf(html, "href").filter((link) => !link.startsWith(LINKS))).toEqual([]);
    expect(foundByGithub(html)).toEqual([]);
  }
  if (existsSync(outputs["sarif-path"] ?? "")) {
    const sarif = readFileSync(outputs["sarif-path"] ?? "", "utf8");
    expect(JSON.parse(sarif).version).toBe("2.1.0");
    expect(sarif).not.toMatch(control);
  }
}

describe("a hostile", () => {
  it("name of a file, with a finding at it", async () => {
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({
      [`shop/${NAME}.py`]: importOf("clamp"),
      ...FORGED,
    });
    const { result, comment } = await runHostile(step);
    expect(result.status).toBe(1);
    expect(result.log).toContain("owned");
    expectHarmless(result, comment);
  });

  it("source: names, docstrings and what cannot be parsed", async () => {
    const hash = FUNCTIONS.clamp;
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({
      "shop/a.py": `"""${TEXT}"""\nfrom ouverture.pool import object_${hash} as ${"o\u0301wned"}\n`,
      "shop/b.py": `# ${TEXT.replaceAll("\n", " ")}\nfrom ouverture.pool import object_${hash}x as y\n`,
      "shop/c.py": `from ouverture.pool import *\n${TEXT}\n`,
      "shop/d.py": `import importlib\nimportlib.import_module("ouverture.pool.${NAME}")\n`,
    });
    const { result, comment } = await runHostile(step);
    expect(result.status).toBe(1);
    expectHarmless(result, comment);
  });

  it("object: in its fields, its code and its mappings", async () => {
    const object = {
      schema_version: 1,
      hash: TEXT,
      hash_algorithm: TEXT,
      normalized_code: TEXT,
      encoding: "none",
      metadata: { created: TEXT, author: TEXT, tags: [TEXT], dependencies: [TEXT] },
      [TEXT]: TEXT,
    };
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({
      "shop/a.py": importOf("clamp") + importOf("with_tax"),
      [objectFileOf("clamp")]: JSON.stringify(object),
      [objectFileOf("with_tax")]: TEXT,
    });
    const { result, comment } = await runHostile(step);
    expect(result.status).toBe(1);
    expectHarmless(result, comment);
  });

  it("configuration, in the repository and in the inputs", async () => {
    for (const text of [
      `${JSON.stringify(TEXT)}: 1\n`,
      `registries: [{ name: ${JSON.stringify(TEXT)} }]\n`,
    ]) {
      const { hosted: _, base: __, ...step } = pullRequest({ ".ouverture/config.yaml": text });
      const { result, comment } = await runHostile(step);
      expect(result.status).toBe(2);
      expect(result.outputs.result).toBe("unchecked");
      expectHarmless(result, comment);
    }
    const { hosted: _, base: __, ...step } = pullRequest({});
    for (const name of [
      "mode",
      "paths",
      "working-directory",
      "sarif-file",
      "pool",
      "base-ref",
      "config",
    ]) {
      const { result, comment } = await runHostile({ ...step, inputs: { [name]: TEXT } });
      expect(result.status).toBe(2);
      expectHarmless(result, comment);
    }
  });

  it("answer of a registry", async () => {
    const server = await startServer((request, response) => {
      const isOdd = (request.url ?? "").length % 2 === 1;
      response.writeHead(isOdd ? 500 : 200, "::error::owned", { "x-owned": "owned" }).end(TEXT);
    });
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest(
      {},
      {
        main: {
          [objectFileOf("clamp").replace("/object.json", "")]: null,
          "shop/clamped.py": importOf("clamp"),
          ".ouverture/config.yaml": `registries:\n  - { name: company, url: "${server.url}" }\n`,
        },
      },
    );
    const { result, comment } = await runHostile({ ...step, inputs: { retries: "0" } });
    expect(result.status).toBeGreaterThan(0);
    expect(server.requests.length).toBeGreaterThan(0);
    expectHarmless(result, comment);
  });

  it("branch, title and workflow", async () => {
    const { hosted: _, base: __, ...step } = pullRequest({});
    const payload = { ...(step.payload as object), ref: TEXT, title: TEXT, action: TEXT };
    const environment = { GITHUB_WORKFLOW: TEXT, GITHUB_JOB: TEXT, GITHUB_HEAD_REF: TEXT };
    const { result, comment } = await runHostile({ ...step, payload, environment });
    expect(result.status).toBe(0);
    expectHarmless(result, comment);
    const unknown = await runHostile({ ...step, event: TEXT.replaceAll("\n", " ") });
    expectHarmless(unknown.result, unknown.comment);
  });
});

describe("a link in the repository", () => {
  it("is not followed to write a report", async () => {
    const outside = temporaryFolder();
    const target = join(outside, "precious");
    writeFileSync(target, "precious");
    const { hosted: _, base: __, ...step } = pullRequest({});
    symlinkSync(target, join(step.workspace, "file.sarif"));
    symlinkSync(outside, join(step.workspace, "folder"));
    const replaced = await runStep({ ...step, inputs: { "sarif-file": "file.sarif" } });
    expect(replaced.status).toBe(0);
    expect(lstatSync(join(step.workspace, "file.sarif")).isFile()).toBe(true);
    for (const name of ["folder/x.sarif", "../x.sarif", join(outside, "x.sarif"), "shop"]) {
      const { status, commands } = await runStep({ ...step, inputs: { "sarif-file": name } });
      expect({ name, status, errors: commands.length }).toEqual({ name, status: 2, errors: 1 });
    }
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(existsSync(join(outside, "x.sarif"))).toBe(false);
  });

  it("does not make a working directory of what is outside", async () => {
    const outside = temporaryFolder();
    const { hosted: _, base: __, ...step } = pullRequest({});
    symlinkSync(outside, join(step.workspace, "folder"));
    for (const name of ["folder", "..", outside, "gone", "shop/bill.py"]) {
      const { status } = await runStep({ ...step, inputs: { "working-directory": name } });
      expect({ name, status }).toEqual({ name, status: 2 });
    }
  });
});

describe("nothing of the repository is executed", () => {
  it("by git: hooks, differences, monitors, submodules and programs that are called like it", async () => {
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({
      ".gitattributes": "* diff=evil merge=evil filter=evil\n",
      ".gitmodules":
        '[submodule "x"]\n\tpath = x\n\turl = ext::touch executed\n\tupdate = !touch executed\n',
      "node_modules/.bin/git": "#!/bin/sh\ntouch executed\n",
    });
    const evil = `touch ${join(step.workspace, "executed")}`;
    for (const key of [
      "diff.evil.command",
      "diff.evil.textconv",
      "filter.evil.clean",
      "filter.evil.smudge",
      "filter.evil.process",
      "core.fsmonitor",
      "core.pager",
      "core.editor",
    ]) {
      git(step.workspace, ["config", key, evil]);
    }
    git(step.workspace, ["config", "filter.evil.required", "true"]);
    // Git has to read what is younger than its index, and would filter it.
    utimesSync(join(step.workspace, ".git/index"), 1, 1);
    writeFiles(step.workspace, { ".git/hooks/post-checkout": `#!/bin/sh\n${evil}\n` });
    const { status } = await runStep({ ...step, inputs: { mode: "changed" } });
    expect(status).toBe(0);
    expect(existsSync(join(step.workspace, "executed"))).toBe(false);
  });
});

describe("what is long", () => {
  it("is cut in the summary and the comment, and told; the log has all", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [
        `shop/${"long".repeat(40)}/${at}.py`,
        `from ouverture.pool import object_${String(at).padStart(60, "a")} as f\n`,
      ]),
    );
    const { hosted: _, base: __, ...step } = pullRequest(files);
    const { result, comment } = await runHostile(step);
    expect(result.status).toBe(1);
    expect(result.log.match(/\[malformed-import\]$/gm)?.length).toBeGreaterThanOrEqual(2_000);
    expect(Buffer.byteLength(result.summary)).toBeLessThanOrEqual(900_000);
    expect(result.summary).toMatch(/no room here for [\d,]+ more findings/);
    expect(result.summary.endsWith("\n")).toBe(true);
    expect(comment.length).toBeLessThanOrEqual(65_536);
    expect(comment).toMatch(/no room here for [\d,]+ more findings/);
    const errors = result.commands.filter(({ name }) => name === "error");
    expect(errors).toHaveLength(9);
    expect(result.commands.map(({ data }) => data).join("\n")).toMatch(
      /1,991 more, see the summary/,
    );
  });

  it("is annotated first where the change touches it", async () => {
    const bad = (at: number) => `from ouverture.pool import object_${at} as f\n`;
    const old = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a/${at}.py`, bad(at)]));
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({ "z.py": `x = 1\n${bad(99)}` }, { main: { ...old, "z.py": "x = 1\n" } });
    const { commands } = await runStep(step);
    const errors = commands.filter(({ name }) => name === "error");
    expect(errors).toHaveLength(9);
    expect(errors[0]?.properties).toMatchObject({ file: "z.py", line: "2" });
  });
});

describe("what cannot be checked", () => {
  it("is never green: a registry that fails", async () => {
    const server = await startServer(answer(503));
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest(
      {},
      {
        main: {
          [objectFileOf("clamp").replace("/object.json", "")]: null,
          "shop/clamped.py": importOf("clamp"),
          ".ouverture/config.yaml": `registries:\n  - { name: company, url: "${server.url}" }\n`,
        },
      },
    );
    const { status, outputs, commands } = await runStep({ ...step, inputs: { retries: "1" } });
    expect({ status, result: outputs.result }).toEqual({ status: 2, result: "unchecked" });
    const told = commands.filter(({ name }) => name === "error").map(({ data }) => data);
    expect(told.join("\n")).toMatch(/company/);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  it("is never green: nothing to search, but where that is said to be right", async () => {
    const workspace = temporaryFolder();
    const step = { workspace, event: "schedule" };
    const empty = await runStep(step);
    expect({ status: empty.status, result: empty.outputs.result }).toEqual({
      status: 2,
      result: "unchecked",
    });
    expect(empty.commands.map(({ data }) => data).join()).toContain("allow-empty");
    const allowed = await runStep({ ...step, inputs: { "allow-empty": "true" } });
    expect(allowed.status).toBe(0);
  });

  it("is never green: a warning where fail-on says so", async () => {
    const {
      hosted: _,
      base: __,
      ...step
    } = pullRequest({
      "shop/x.py": importOf("round_money").replace("as round_money", "as r\u043eund"),
    });
    const told = await runStep(step);
    const strict = await runStep({ ...step, inputs: { "fail-on": "warning" } });
    expect([told.status, strict.status]).toEqual([0, 1]);
  });
});
