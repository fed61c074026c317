/** The library call and the three front ends give the same for the same repository. */
import { utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXIT_STATUS, encodeObject, normalize, objectPath, type Report } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import {
  answer,
  type Behaviour,
  serveFolder,
  startServer,
} from "../../pool/test/http/faulty-server.js";
import {
  asDocument,
  asHookText,
  askAction,
  askCommand,
  askHook,
  askLibrary,
  askLibraryAsHook,
  type Question,
  type Wishes,
} from "./front-ends.js";
import {
  type Files,
  FUNCTIONS,
  git,
  hostMarket,
  importOf,
  market,
  objectFileOf,
  writeFiles,
} from "./repositories.js";

const poolImport = (hash: string) => `from ouverture.pool import object_${hash} as f\n`;
const MALFORMED = poolImport("1");
const WARNING = importOf("round_money").replace("as round_money", "as r\u043eund");
const ABSENT: Files = { [dirname(objectFileOf("clamp"))]: null, "shop/c.py": importOf("clamp") };

/** The object of a function, whatever it does, and where it is in the repository. */
function stored(source: string): { readonly path: string; readonly text: string; hash: string } {
  const normal = normalize(source);
  if (!normal.ok) throw new Error(`${source} is no function`);
  const { hash, code, dependencies } = normal.value;
  const path = objectPath(hash);
  if (!path.ok) throw new Error(`${hash} has no place`);
  const text = encodeObject({
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata: { created: "2026-01-01T00:00:00Z", author: "Eve", tags: [], dependencies },
  });
  return { path: `.ouverture/${path.value}`, text, hash };
}

const evaluating = stored("def f(text):\n    return eval(text)\n");
const other = stored("def f(text):\n    return text\n");
/** A mapping of `with_tax`, in whose place there stands another name. */
const FRENCH = `.ouverture/objects/sha256/${FUNCTIONS.with_tax.replace(/^../, "$&/")}/fra/sha256/88/e01d0538003464c58290a96769841d988754d685bb61832e886605700aa349/mapping.json`;

/** What a change brings, one kind of fault each. */
const FAULTS = {
  sources: {
    "shop/missing.py": poolImport("0".repeat(64)),
    "shop/malformed.py": `${MALFORMED}from ouverture.pool import *\n`,
    "shop/unreadable.py": "from ouverture.pool import (\n",
    "shop/dynamic.py": 'import importlib\nimportlib.import_module("ouverture.pool")\n',
    "shop/warning.pyi": WARNING,
    "shop/note.ipynb": JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
      cells: [{ cell_type: "code", metadata: {}, source: [MALFORMED], outputs: [] }],
    }),
  },
  pool: {
    "shop/c.py": importOf("clamp") + importOf("with_tax") + importOf("outliers"),
    // The text of another function, under its own name.
    [objectFileOf("clamp")]: other.text.replaceAll(other.hash, FUNCTIONS.clamp),
    [objectFileOf("outliers")]: "{}\n",
    [FRENCH]: '{"docstring":"","name_mapping":{"_ouverture_v_0":"x"},"alias_mapping":{}}\n',
  },
  policy: {
    "shop/eval.py": poolImport(evaluating.hash),
    [evaluating.path]: evaluating.text,
    ".ouverture/config.yaml": `verify:
  effects: { filesystem: deny }
  exclude: [old/**]
  exemptions:
    - { hash: "${evaluating.hash}", effects: [eval], reason: it did, expires: 2026-01-01 }
    - { hash: "${FUNCTIONS.round_money}", effects: [eval], reason: it might, expires: 2999-01-01 }
`,
  },
} as const satisfies Readonly<Record<string, Files>>;

interface Case {
  readonly name: string;
  /** What was there before; `old/malformed.py` always is, which a change does not touch. */
  readonly main?: Files;
  readonly change: Files;
  readonly wishes?: Wishes;
  /** Settings of git in the repository. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What the registry does, where there is one. */
  readonly registry?: Behaviour;
  /** The outcome and the codes of the findings, sorted, where everything is looked at. */
  readonly all: readonly string[];
  /** And where what has changed is, or what is staged. */
  readonly changed: readonly string[];
  /** What has no such option. */
  readonly without?: readonly ("action" | "hook")[];
}

const CLEAN: Files = { "old/malformed.py": null };

/** Sorted; `old/malformed.py` is no more than one of them, and only where all is looked at. */
const OF_SOURCES = [
  "confusable-name",
  "dynamic-import",
  "malformed-import",
  "malformed-import",
  "malformed-import",
  "missing",
  "unreadable-source",
];
const OF_ALL = [
  "failed",
  "confusable-name",
  "dynamic-import",
  "expired-exemption",
  "forbidden-effect",
  "hash-mismatch",
  "invalid-mapping",
  "malformed-import",
  "malformed-import",
  "malformed-import",
  "malformed-object",
  "missing",
  "unreadable-source",
  "unused-exemption",
];

const CASES: readonly Case[] = [
  {
    name: "all is fine",
    main: CLEAN,
    change: { "shop/total.py": importOf("invoice_total") },
    all: ["verified"],
    changed: ["verified"],
  },
  {
    name: "faults of sources",
    change: FAULTS.sources,
    all: ["failed", ...[...OF_SOURCES, "malformed-import"].sort()],
    changed: ["failed", ...OF_SOURCES],
  },
  {
    name: "faults of sources, under a filter of git that is not to be had",
    main: { ".gitattributes": "*.py filter=x\n" },
    change: FAULTS.sources,
    settings: { "filter.x.process": "/nowhere/filter", "filter.x.required": "true" },
    all: ["failed", ...[...OF_SOURCES, "malformed-import"].sort()],
    changed: ["failed", ...OF_SOURCES],
  },
  {
    // A pool and a configuration that differ have everything checked.
    name: "all faults at once",
    change: Object.assign({}, ...Object.values(FAULTS)),
    all: OF_ALL,
    // That an exemption exempts nothing is known only of all there is.
    changed: OF_ALL.filter((code) => code !== "unused-exemption"),
  },
  {
    name: "nothing but a warning",
    main: CLEAN,
    change: { "shop/w.py": WARNING },
    all: ["verified", "confusable-name"],
    changed: ["verified", "confusable-name"],
  },
  {
    name: "nothing but a warning, which fails where that is asked for",
    main: CLEAN,
    change: { "shop/w.py": WARNING },
    wishes: { failOn: "warning" },
    without: ["hook"],
    all: ["failed", "confusable-name"],
    changed: ["failed", "confusable-name"],
  },
  {
    name: "nothing but a warning, which fails where the configuration says so",
    main: { ...CLEAN, ".ouverture/config.yaml": "verify: { fail_on: warning }\n" },
    change: { "shop/w.py": WARNING },
    all: ["failed", "confusable-name"],
    changed: ["failed", "confusable-name"],
  },
  {
    name: "faults of sources, of which one is named",
    change: FAULTS.sources,
    wishes: { paths: ["shop/missing.py"] },
    all: ["failed", "missing"],
    changed: ["failed", "missing"],
  },
  {
    name: "no Python file",
    main: { ...CLEAN, shop: null },
    change: { "a.txt": "" },
    all: ["unchecked"],
    changed: ["verified"],
  },
  {
    name: "no Python file, where that is fine",
    main: { ...CLEAN, shop: null },
    change: { "a.txt": "" },
    wishes: { allowEmpty: true },
    all: ["verified"],
    changed: ["verified"],
  },
  {
    name: "what the registry alone has",
    main: CLEAN,
    change: ABSENT,
    wishes: { isOnline: true },
    registry: serveFolder(join(market, ".ouverture")),
    all: ["verified"],
    changed: ["verified"],
  },
  {
    name: "what the registry alone has, which is not asked",
    main: CLEAN,
    change: ABSENT,
    registry: serveFolder(join(market, ".ouverture")),
    all: ["failed", "missing"],
    changed: ["failed", "missing"],
  },
  {
    name: "what no pool has, where that is fine",
    main: CLEAN,
    change: ABSENT,
    wishes: { allowUnfetched: true },
    without: ["action"],
    all: ["verified", "missing"],
    changed: ["verified", "missing"],
  },
  {
    name: "a registry that refuses",
    main: CLEAN,
    change: ABSENT,
    wishes: { isOnline: true },
    registry: answer(403),
    all: ["unchecked", "unreachable"],
    changed: ["unchecked", "unreachable"],
  },
];

describe("the library, the command, the Action and the hook say the same of", () => {
  it.each(CASES)(
    "$name",
    async ({ main, change, settings = {}, wishes = {}, registry, without = [], ...expected }) => {
      const hosted = hostMarket({ "old/malformed.py": MALFORMED, ...main });
      const root = hosted.work;
      const base = git(root, ["rev-parse", "HEAD"]);
      const head = hosted.commit("feature", change, "main");
      for (const setting of Object.entries(settings)) git(root, ["config", ...setting]);
      // All files are younger than the index, so that git would filter them to compare them.
      utimesSync(join(root, ".git/index"), 1, 1);
      const url = registry === undefined ? null : (await startServer(registry)).url;
      const environment: Record<string, string> =
        url === null ? {} : { OUVERTURE_REGISTRIES: `far=${url}` };
      const ask = { root, base, head, wishes, environment };

      const all = await compare({ ...ask, occasion: "all" }, without);
      expect(told(all)).toEqual(expected.all);
      const changed = await compare({ ...ask, occasion: "changed" }, without);
      expect(told(changed)).toEqual(expected.changed);
      // What is in the working tree alone is not what is staged.
      git(root, ["reset", "--quiet", "--soft", base]);
      writeFiles(root, { "shop/unstaged.py": MALFORMED, "shop/bill.py": MALFORMED });
      const staged = await compare({ ...ask, occasion: "staged" }, without);
      expect(whatCounts(staged)).toEqual(whatCounts(changed));
    },
  );
});

/** Asks all for one and the same, and gives what the library says of it. */
async function compare(question: Question, without: readonly string[]): Promise<Report> {
  const asksAction = question.occasion !== "staged" && !without.includes("action");
  const [report, seen, command, action, hook] = await Promise.all([
    askLibrary(question),
    askLibraryAsHook(question),
    askCommand(question),
    asksAction ? askAction(question) : null,
    without.includes("hook") ? null : askHook(question),
  ]);
  const answers = { status: EXIT_STATUS[report.outcome], said: asDocument(report) };
  expect({ command }).toEqual({ command: answers });
  if (action !== null) expect({ action }).toEqual({ action: answers });
  if (hook !== null) {
    const text = asHookText(seen);
    // What to do follows.
    expect({ ...hook, said: hook.said.slice(0, text.length) }).toEqual({
      status: EXIT_STATUS[seen.outcome],
      said: text,
    });
    // The index and commits say what the working tree says, but that they may be empty.
    const outcome = report.coverage.files === 0 ? report.outcome : seen.outcome;
    expect({ ...whatCounts(seen), outcome }).toEqual(whatCounts(report));
  }
  return report;
}

/** What is the same whichever view of a repository it is read from. */
function whatCounts({ outcome, coverage, findings, imports, functions, effects }: Report) {
  return { outcome, coverage, findings, imports, functions, effects };
}

function told({ outcome, findings }: Report): string[] {
  return [outcome, ...findings.map(({ code }) => code).sort()];
}
