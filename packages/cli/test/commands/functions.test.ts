/** add, get, show, translate, refactor: functions in and out of the pool. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../command.js";
import {
  HEIKIN,
  MEAN,
  MEAN_HASH,
  MOYENNE,
  openFilledWorkplace,
  openWorkplace,
  SPREAD,
  type Workplace,
} from "./workplace.js";

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const poolOf = ({ home }: Workplace): string => join(home, ".local", "ouverture");

describe("add", () => {
  it("gives one hash to one function in three languages, and says what was known", async () => {
    const place = openWorkplace();
    place.write("mean.py", MEAN);
    place.write("moyenne.py", MOYENNE);
    place.write("heikin.py", HEIKIN);
    const files = ["mean.py@eng", "moyenne.py@fra", "heikin.py@jpn"];
    const added = await place.json(["add", ...files]);
    expect(added).toEqual({
      pool: poolOf(place),
      functions: [
        expect.objectContaining({
          hash: MEAN_HASH,
          status: "added",
          name: "mean",
          language: "eng",
        }),
        expect.objectContaining({ hash: MEAN_HASH, status: "new-mapping", name: "moyenne" }),
        expect.objectContaining({ hash: MEAN_HASH, status: "new-mapping", name: "平均" }),
      ],
    });
    const before = filesBelow(poolOf(place));
    expect((await place.json(["add", ...files])).functions.map(statusOf)).toEqual(
      files.map(() => "known"),
    );
    expect(filesBelow(poolOf(place))).toEqual(before);
  });

  it("shows the hash, the mapping and the import to write", async () => {
    const place = openWorkplace();
    place.write("mean.py", MEAN);
    expect(await place.run(["add", "mean.py@eng", "--comment", "first"])).toMatchSnapshot();
  });

  it("writes into the pool of the repository, unless it is told not to, with what is imported", async () => {
    const place = await openFilledWorkplace();
    mkdirSync(join(place.folder, ".ouverture"));
    place.write("other.py", SPREAD.replace("spread", "other").replaceAll("centre", "c"));
    place.write("third.py", SPREAD.replace("return max", "return min"));
    expect((await place.json(["add", "third.py@eng", "--user"])).pool).toBe(poolOf(place));
    expect(filesBelow(join(place.folder, ".ouverture"))).toEqual([]);
    const { stderr } = await place.run(["add", "third.py@eng"]);
    expect(stderr).toBe("1 function that is imported was copied to the repository's pool.\n");
    expect(await place.run(["validate"])).toMatchObject({
      status: 0,
      stdout: "2 functions, 4 mappings: no errors\n",
    });
  });

  it("tells warnings where they are", async () => {
    const place = openWorkplace();
    place.write("seen.py", "def seen(x):\n    return f'{x=}'\n");
    const { status, stderr } = await place.run(["add", "seen.py@eng"]);
    expect(status).toBe(0);
    expect(stderr).toBe(
      "seen.py:2:14: warning: The f-string prints the spelling of 'x', which is part of the hash. " +
        "Write the label as text, with its value in braces.\n",
    );
  });

  const missing = `from ouverture.pool import object_${"0".repeat(64)} as f\ndef g(x):\n    return f(x)\n`;
  const refused: readonly [
    why: string,
    content: string | Uint8Array,
    stderr: RegExp,
    status: number,
  ][] = [
    ["no Python", "def f(:\n", /^ouverture: x\.py:1:\d+: Python 3\.14 refuses this/, 1],
    [
      "a name that nobody binds",
      "def f(x):\n    return y\n",
      /^ouverture: x\.py:2:12: 'y' is bound nowhere/,
      1,
    ],
    ["two functions", `${MEAN}\n${MOYENNE}`, /second function/, 1],
    ["nothing", "", /There is no function in this file/, 1],
    [
      "no UTF-8",
      Uint8Array.of(0x64, 0xff, 0xfe),
      /'x\.py' is not written in UTF-8\. Save it as UTF-8/,
      1,
    ],
    ["more than a mebibyte", `# ${"x".repeat(1 << 20)}`, /more than 1,048,576 bytes/, 1],
    [
      "a dependency that nobody has",
      missing,
      /imports the function 000000000000, and no pool or registry has it/,
      1,
    ],
    ["a NUL", "def f(x):\0\n    return x\n", /Python 3\.14 refuses this/, 1],
  ];
  it.each(refused)(
    "stores nothing where one of the files is %s",
    async (_, content, message, status) => {
      const place = openWorkplace();
      place.write("mean.py", MEAN);
      place.write("x.py", content);
      const outcome = await place.run(["add", "mean.py@eng", "x.py@eng"]);
      expect(outcome).toMatchObject({ status, stdout: "" });
      expect(outcome.stderr).toMatch(message);
      expect(outcome.stderr.split("\n")).toHaveLength(2);
      expect(filesBelow(poolOf(place))).toEqual([]);
    },
  );

  it.each<[args: string[], stderr: RegExp]>([
    [[], /missing required argument/],
    [["mean.py"], /not of the form FILE\.py@LANG/],
    [["mean.py@fr"], /Did you mean 'fra' \(French\)\?/],
    [["mean.py@../x"], /not of the form FILE\.py@LANG/],
    [["mean.py@sha256"], /not how a language is named/],
    [["nowhere.py@eng"], /no such file/],
    [[".@eng"], /no file|folder/],
    [["mean.py@eng", "--tga", "x"], /unknown option '--tga'/],
  ])("answers %j with one sentence", async (args, message) => {
    const place = openWorkplace();
    place.write("mean.py", MEAN);
    const outcome = await place.run(["add", ...args]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(filesBelow(poolOf(place))).toEqual([]);
  });

  it.skipIf(process.platform === "win32")(
    "says what a pool that cannot be written needs",
    async () => {
      const place = openWorkplace();
      place.write("mean.py", MEAN);
      const file = join(temporaryFolder(), "file");
      writeFileSync(file, "");
      const outcome = await place.run(["add", "mean.py@eng"], {
        environment: { OUVERTURE_DIRECTORY: file },
      });
      expect(outcome).toMatchObject({ status: 2, stdout: "" });
      expect(outcome.stderr).toMatch(/^ouverture: Cannot write to the user's pool: .+\n$/);
    },
  );
});

function statusOf({ status }: { readonly status: string }): string {
  return status;
}

describe("get", () => {
  it.each([
    ["@eng", MEAN],
    ["@fra", MOYENNE],
    ["@jpn", HEIKIN],
  ])("writes the function in %s as it was added", async (language, source) => {
    const place = await openFilledWorkplace();
    const name = MEAN_HASH.slice(0, 8) + language;
    expect(await place.run(["get", name])).toEqual({ status: 0, stdout: source, stderr: "" });
    expect(await place.run(["get", name, "out.py"])).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(join(place.folder, "out.py"), "utf8")).toBe(source);
    expect(await place.run(["get", name, "out.py"])).toMatchObject({
      status: 1,
      stderr: "ouverture: There is a file 'out.py' already. Name another one, or say --force.\n",
    });
    expect(await place.run(["get", name, "out.py", "--force"])).toMatchObject({ status: 0 });
  });

  it("gives what can be added again: the same hash and the same mapping", async () => {
    const place = await openFilledWorkplace();
    const [spread] = (await place.json(["search", "spread"])).hits;
    await place.run(["get", `${spread.hash}@eng`, "again.py"]);
    const [added] = (await place.json(["add", "again.py@eng"])).functions;
    expect(added).toMatchObject({ hash: spread.hash, mapping: spread.mapping, status: "known" });
  });

  it("takes the reader's languages in their order", async () => {
    const place = await openFilledWorkplace();
    const environment = { OUVERTURE_LANGUAGES: "deu,jpn,eng" };
    expect(await place.run(["get", MEAN_HASH], { environment })).toMatchObject({ stdout: HEIKIN });
  });

  it("gives the mapping that was there first, and says that there are others", async () => {
    const place = await openFilledWorkplace();
    place.write("average.py", MEAN.replace("mean", "average"));
    const [{ mapping }] = (await place.json(["add", "average.py@eng"])).functions;
    const first = await place.run(["get", `${MEAN_HASH}@eng`]);
    expect(first).toMatchObject({ status: 0, stdout: MEAN });
    expect(first.stderr).toContain("There are 2 mappings in eng");
    const other = await place.run(["get", `${MEAN_HASH}@eng@${mapping.slice(0, 6)}`]);
    expect(other).toMatchObject({ status: 0, stderr: "" });
    expect(other.stdout).toContain("def average(");
  });

  it.each<[args: string[], status: number, stderr: RegExp]>([
    [["c7c2"], 1, /none is set as yours\. There is: eng, fra, jpn\. Say HASH@LANG/],
    [["c7c2@spa"], 1, /not there in spa\. There is: eng, fra, jpn\./],
    [["c7c2@fr"], 2, /Did you mean 'fra'/],
    [["dead"], 1, /no function whose hash begins with 'dead'/],
    [["c7"], 2, /too short for a hash/],
    [["xyz@eng"], 2, /'xyz' is no hash/],
    [["../../etc/passwd@eng"], 2, /is no hash/],
    [["0".repeat(64)], 1, /No pool or registry has the function 000000000000/],
    [["c7c2@eng@00000000"], 1, /no mapping in 'eng' whose hash begins|no mapping/],
  ])("answers %j with one sentence", async (args, status, message) => {
    const place = await openFilledWorkplace();
    const outcome = await place.run(["get", ...args]);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toMatch(message);
    expect(JSON.parse((await place.run(["get", ...args, "--json"])).stdout).error.status).toBe(
      status,
    );
  });

  it("does not give what is not what its hash says", async () => {
    const place = await openFilledWorkplace();
    const object = join(poolOf(place), "objects/sha256/c7", MEAN_HASH.slice(2), "object.json");
    writeFileSync(object, readFileSync(object, "utf8").replace("len(", "abs("));
    const outcome = await place.run(["get", `${MEAN_HASH}@eng`]);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/it is not that function/);
  });
});

describe("show", () => {
  it("is a page with all that is known", async () => {
    const place = await openFilledWorkplace();
    expect((await place.run(["show", MEAN_HASH.slice(0, 8)])).stdout).toMatchSnapshot();
  });

  it("tells effects and warnings", async () => {
    const place = openWorkplace();
    place.write("run.py", "import os\ndef run(x):\n    return os.system(locals()[x])\n");
    const [{ hash }] = (await place.json(["add", "run.py@eng"])).functions;
    const page = await place.json(["show", hash]);
    expect(page.effects).toMatchObject([
      { effect: "process", name: "os.system" },
      { effect: "dynamic", name: "locals" },
    ]);
    expect(page.warnings).toMatchObject([{ code: "dynamic-names" }]);
  });

  it("lines up in a terminal, whatever the script", async () => {
    const place = await openFilledWorkplace();
    for (const width of [40, 200]) {
      const { stdout } = await place.run(["show", MEAN_HASH], { isTerminal: true, width });
      expect(stdout).toMatchSnapshot();
    }
  });
});

describe("translate", () => {
  const spanish = [
    "--mapping",
    "mean=media",
    "--mapping",
    "values=valores",
    "--docstring",
    "La media.",
  ];

  it("stores the names that are given", async () => {
    const place = await openFilledWorkplace();
    const outcome = await place.run(["translate", `${MEAN_HASH}@eng`, "spa", ...spanish]);
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    const { stdout } = await place.run(["get", `${MEAN_HASH}@spa`]);
    expect(stdout).toBe(
      'def media(valores):\n    """La media."""\n    return sum(valores) / len(valores)\n',
    );
    expect(await place.json(["translate", `${MEAN_HASH}@eng`, "spa", ...spanish])).toMatchObject({
      isNew: false,
    });
  });

  it("asks for what is not given, name by name, and again where an answer cannot be", async () => {
    const place = await openFilledWorkplace();
    // Ctrl-U empties the line.
    const answers = ["class", "media", "valores", "La media."].map((one) => `\u0015${one}\r`);
    const args = ["translate", `${MEAN_HASH}@eng`, "spa"];
    const outcome = await place.run(args, { isTerminal: true, answers });
    expect(outcome.stderr).toContain("'class' is a keyword of Python");
    expect(outcome.stderr).toContain("2 |     return sum(values) / len(values)");
    expect((await place.run(["get", `${MEAN_HASH}@spa`])).stdout).toContain("def media(valores):");
  });

  it.each<[args: string[], status: number, stderr: RegExp]>([
    [
      [`${MEAN_HASH}@eng`, "spa"],
      2,
      /no terminal to ask at: "mean \(function\) in spa". Give the answer with --mapping mean=NEW, or --keep/,
    ],
    [
      [`${MEAN_HASH}@eng`, "spa", "--keep", "--mapping", "mean=class"],
      1,
      /'class' is a keyword of Python/,
    ],
    [
      [`${MEAN_HASH}@eng`, "spa", "--keep", "--mapping", "mean=sum"],
      1,
      /'sum' the text would be another function/,
    ],
    [[`${MEAN_HASH}@eng`, "spa", "--keep", "--mapping", "nobody=x"], 2, /has no name 'nobody'/],
    [[`${MEAN_HASH}@eng`, "spa", "--keep", "--mapping", "mean"], 2, /not of the form OLD=NEW/],
    [[`${MEAN_HASH}@eng`, "../x", "--keep"], 2, /not how a language is named/],
    [[MEAN_HASH, "spa", "--keep"], 2, /which language to translate from/],
    [[`${MEAN_HASH}@deu`, "spa", "--keep"], 1, /not there in deu/],
  ])("answers %j with one sentence, and stores nothing", async (args, status, message) => {
    const place = await openFilledWorkplace();
    const before = filesBelow(poolOf(place));
    const outcome = await place.run(["translate", ...args]);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toMatch(message);
    expect(filesBelow(poolOf(place))).toEqual(before);
  });
});

describe("refactor", () => {
  it("gives a new function with the names of the old one", async () => {
    const place = await openFilledWorkplace();
    place.write("median.py", "def median(data):\n    return sorted(data)[len(data) // 2]\n");
    const [{ hash: median }] = (await place.json(["add", "median.py@eng"])).functions;
    const [{ hash: spread }] = (await place.json(["search", "spread"])).hits;
    const made = await place.json(["refactor", spread, MEAN_HASH, median]);
    expect(made).toMatchObject({ from: spread, isNew: true, mappings: [{ language: "eng" }] });
    const { stdout } = await place.run(["get", `${made.hash}@eng`]);
    expect(stdout).toBe(SPREAD.replace(MEAN_HASH, median).replace("mean(values=", "mean(data="));
    expect(await place.run(["refactor", spread, median, MEAN_HASH])).toMatchObject({
      status: 1,
      stdout: "",
    });
  });
});

describe("every command of this kind", () => {
  it.skipIf(process.platform === "win32")(
    "works through links and in folders with odd names",
    async () => {
      const place = openWorkplace();
      place.write("a b é/ mean.py", MEAN);
      symlinkSync(join(place.folder, "a b é"), join(place.folder, "link"));
      expect(await place.run(["add", "link/ mean.py@eng"])).toMatchObject({ status: 0 });
      chmodSync(join(place.folder, "a b é"), 0o755);
      expect(await place.run(["get", `${MEAN_HASH}@eng`, "link/ä.py"])).toMatchObject({
        status: 0,
      });
      expect(readFileSync(join(place.folder, "a b é", "ä.py"), "utf8")).toBe(MEAN);
    },
  );
});
