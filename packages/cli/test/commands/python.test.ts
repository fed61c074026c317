/** run, check, compile and vendor: functions that run, in a Python of this machine. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOfMarket, market, ouverture, temporaryFolder } from "../command.js";
import { MEAN_HASH, openFilledWorkplace, openWorkplace } from "./workplace.js";

const hasPython = spawnSync("python3", ["-c", ""]).status === 0;
/** The discounted total of the market, which imports five functions. */
const TOTAL = "1a10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a";
const CLAMP = "7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b";

it.runIf(process.env.CI)("there is a Python where the tests are required", () => {
  expect(hasPython).toBe(true);
});

describe.runIf(hasPython)("run", () => {
  it("prints what a function returns", async () => {
    const args = ["run", "d060@fra", "[1, 2, 6]"];
    expect(await ouverture(market, args)).toEqual({ status: 0, stdout: "3.0\n", stderr: "" });
  });

  it("shows what a function raises in the words of the language, and the normal form", async () => {
    const { status, stdout, stderr } = await ouverture(market, [
      "run",
      "--normalized",
      "d060@fra",
      "7",
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain('File "<ouverture d06024133566@fra>", line 7, in moyenne\n');
    expect(stderr).toContain("    return sum(valeurs) / len(valeurs)\n");
    expect(stderr).toContain("    return sum(_ouverture_v_1) / len(_ouverture_v_1)");
    expect(stderr).toContain("TypeError: 'int' object is not iterable");
  });

  it("uses the languages of the reader", async () => {
    const environment = { OUVERTURE_LANGUAGES: "jpn" };
    const { stderr } = await ouverture(market, ["run", "d060", "7"], { environment });
    expect(stderr).toContain("@jpn>");
  });

  it("debugs", async () => {
    const args = ["run", "--debug", "7cb0@eng", "--", "3", "-4", "5"];
    const { status, stdout } = await ouverture(market, args, { input: "p value\nc\n" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/clamp\(\)\n-> return max/);
    expect(stdout).toMatch(/\(Pdb\) 3\n\(Pdb\) 3\n$/);
  });

  it("gives documents", async () => {
    const good = await ouverture(market, ["run", "d060@eng", "--json", "[4]"]);
    expect(JSON.parse(good.stdout)).toMatchObject({ language: "eng", result: "4.0" });
    const bad = await ouverture(market, ["run", "d060@eng", "--json", "[]"]);
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ exception: { type: "ValueError" } });
    const none = await ouverture(market, ["run", "d060@deu", "--json", "[]"]);
    expect(none.status).toBe(1);
    expect(JSON.parse(none.stdout).error.message).toContain("There is: eng, fra, jpn.");
  });

  it("fetches what only a registry has", async () => {
    const place = openWorkplace();
    await place.run(["remote", "add", "market", `file://${join(market, ".ouverture")}`]);
    const { status, stdout } = await place.run(["run", `${TOTAL}@eng`, "[(2, 10)]", "25"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "Decimal('18.15')\n" });
    await place.run(["remote", "remove", "market"]);
    expect((await place.run(["run", TOTAL, "[(2, 10)]", "25"])).status).toBe(0);
  });

  it.each([
    [["run", "0000000000"], 1, "There is no function whose hash begins with"],
    [["run", "0".repeat(64)], 1, "No pool or registry has the function"],
    [["run", "d060", "--python", "no-python-here"], 2, "is no Python that starts"],
    [["run", "d060", "--python", process.execPath], 2, "is no Python that starts"],
    [["run"], 2, "missing required argument 'hash[@lang]'"],
  ])("%j ends with %i", async (args, expected, message) => {
    const { status, stderr } = await ouverture(market, args);
    expect({ status, stderr }).toEqual({
      status: expected,
      stderr: expect.stringContaining(message),
    });
  });

  it("runs nothing of what is not what its hash says", async () => {
    const root = copyOfMarket();
    const path = join(
      root,
      ".ouverture/objects/sha256",
      CLAMP.slice(0, 2),
      CLAMP.slice(2),
      "object.json",
    );
    writeFileSync(path, readFileSync(path, "utf8").replace("return max", "return min"));
    const { status, stderr } = await ouverture(root, ["run", TOTAL, "[]", "1"]);
    expect(status).toBe(1);
    expect(stderr).toContain("7cb06aec1c85 cannot be used");
  });
});

const TEST_FUNCTIONS = {
  "test_mean.py@eng": (hash: string) =>
    `from ouverture.pool import object_${hash} as mean\n\ndef test_mean():\n    assert mean([1, 3]) == 2\n`,
  "essai.py@fra": (hash: string) =>
    `from ouverture.pool import object_${hash} as moyenne\n\ndef essai_vide():\n    assert moyenne([5]) == 5\n`,
};
const FAILING = (hash: string) =>
  `from ouverture.pool import object_${hash} as mean\n\ndef test_wrong():\n    print('so far')\n    assert mean([1, 3]) == 3, 'no'\n`;

describe.runIf(hasPython)("check", () => {
  it("runs the functions that test a function, and counts them", async () => {
    const place = await openFilledWorkplace();
    for (const [file, text] of Object.entries(TEST_FUNCTIONS)) {
      place.write(file.split("@")[0] ?? "", text(MEAN_HASH));
    }
    expect((await place.run(["add", "test_mean.py@eng"])).status).toBe(0);
    const one = await place.run(["check", MEAN_HASH]);
    expect(one.stderr).toBe("");
    expect(one.stdout).toMatch(/^✓ test_mean [0-9a-f]{12}@eng\n1 passed \(1 test\)\n$/);
    // Marked, whatever it is called; and a caller that tests nothing is none.
    expect((await place.run(["add", "essai.py@fra", "--tag", "test"])).status).toBe(0);
    const two = await place.run(["check", MEAN_HASH]);
    expect(two.stdout).toMatch(/✓ essai_vide .*\n✓ test_mean .*\n2 passed \(2 tests\)\n/);
  });

  it("fails where one does, and shows why", async () => {
    const place = await openFilledWorkplace();
    place.write("wrong.py", FAILING(MEAN_HASH));
    await place.run(["add", "wrong.py@eng"]);
    const { status, stdout } = await place.run(["check", MEAN_HASH]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ test_wrong /);
    expect(stdout).toContain("    so far\n");
    expect(stdout).toContain("    AssertionError: no\n");
    expect(stdout).toContain("0 passed, 1 failed (1 test)\n");
    const document = JSON.parse((await place.run(["check", MEAN_HASH, "--json"])).stdout);
    expect(document).toMatchObject({ passed: 0, failed: 1, tests: [{ name: "test_wrong" }] });
  });

  it("says that there is none", async () => {
    const { status, stderr } = await (await openFilledWorkplace()).run(["check", MEAN_HASH]);
    expect(status).toBe(1);
    expect(stderr).toContain("No function of the pools tests c7c2b8d1b207.");
  });
});

describe("compile", () => {
  it.runIf(hasPython)("writes one file that needs no pool", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "total.py");
    const made = await ouverture(market, ["compile", "1a10@spa", file]);
    expect(made.status).toBe(0);
    expect(made.stderr).toContain("total_con_descuento and 5 functions that it imports.");
    const python = (...args: string[]) =>
      spawnSync("python3", ["-I", ...args], { cwd: folder, encoding: "utf8" });
    expect(python(file, "[(2, 10)]", "25").stdout).toBe("Decimal('18.15')\n");
    const used =
      "import sys; sys.path.insert(0, '.'); import total, inspect; f = total.total_con_descuento; " +
      "print(f(lineas=[(2, 10)], descuento=25), inspect.getsource(f).count('lineas'), f.__module__)";
    expect(python("-c", used)).toMatchObject({ stdout: "18.15 2 total\n", stderr: "" });
    expect(readFileSync(file, "utf8")).not.toMatch(/^(?:from|import) ouverture/m);
  });

  it("keeps a file that is there", async () => {
    const file = join(temporaryFolder(), "out.py");
    writeFileSync(file, "mine");
    const { status } = await ouverture(market, ["compile", "d060@fra", file]);
    expect({ status, text: readFileSync(file, "utf8") }).toEqual({ status: 1, text: "mine" });
    expect((await ouverture(market, ["compile", "d060@fra", file, "--force"])).status).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("def moyenne(valeurs):");
  });

  it("says in which languages a function is", async () => {
    const { status, stderr } = await ouverture(market, ["compile", "d060@deu", "out.py"]);
    expect(status).toBe(1);
    expect(stderr).toContain("There is: eng, fra, jpn.");
    expect(existsSync(join(market, "out.py"))).toBe(false);
  });
});

describe("vendor", () => {
  /** A repository whose sources are the market's, and a home whose pool is. */
  function unvendored() {
    const home = temporaryFolder();
    const root = copyOfMarket();
    cpSync(join(market, ".ouverture"), join(home, ".local/ouverture"), { recursive: true });
    const run = (...args: string[]) => ouverture(root, args, { environment: { HOME: home } });
    return { root, home, run, pool: join(root, ".ouverture") };
  }
  const hashesOf = (pool: string): string[] => {
    const objects = join(pool, "objects/sha256");
    return readdirSync(objects).flatMap((start) =>
      readdirSync(join(objects, start)).map((rest) => start + rest),
    );
  };

  it("writes what the sources import, so that they are verified without anything else", async () => {
    const { root, run, pool } = unvendored();
    const all = hashesOf(pool).length;
    rmSync(join(pool, "objects"), { recursive: true });
    const { status, stdout } = await run("vendor");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+ functions added to the repository's pool\n$/);
    expect(hashesOf(pool).length).toBeLessThanOrEqual(all);
    expect((await ouverture(root, ["verify", "--all"])).status).toBe(0);
    expect((await run("vendor")).stdout).toMatch(/^0 functions added .*there already\n$/);
  });

  it("prunes what nothing imports, after a question", async () => {
    const { root, home, run, pool } = unvendored();
    for (const folder of ["shop", "tienda", "店"]) {
      rmSync(join(root, folder), { recursive: true });
    }
    const before = hashesOf(pool);
    expect((await run("vendor")).stdout).toContain("--prune removes what is not needed");
    expect(await run("vendor", "--prune")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Give the answer with --yes."),
    });
    expect(hashesOf(pool)).toEqual(before);
    const asked = await ouverture(root, ["vendor", "--prune"], {
      environment: { HOME: home },
      isTerminal: true,
      answers: ["n"],
    });
    expect(asked.status).toBe(0);
    expect(hashesOf(pool)).toEqual(before);
    const { status, stdout } = await run("vendor", "--prune", "--yes", "--json");
    const { removed, surplus } = JSON.parse(stdout);
    expect({ status, removed }).toEqual({ status: 0, removed: surplus });
    const after = hashesOf(pool);
    expect([...after, ...removed].sort()).toEqual([...before].sort());
    expect(after.length).toBeGreaterThan(0);
    expect(removed.length).toBeGreaterThan(0);
    expect((await ouverture(root, ["verify", "--all"])).status).toBe(0);
    expect((await ouverture(root, ["validate"])).status).toBe(0);
  });

  it("removes nothing where something is missing", async () => {
    const { root, run, pool } = unvendored();
    const missing = "0".repeat(64);
    writeFileSync(join(root, "more.py"), `from ouverture.pool import object_${missing} as f\n`);
    rmSync(join(root, "shop"), { recursive: true });
    const before = hashesOf(pool);
    const { status, stderr } = await run("vendor", "--prune", "--yes");
    expect(status).toBe(1);
    expect(stderr).toContain("refused: function 000000000000.");
    expect(hashesOf(pool)).toEqual(before);
  });

  it("takes only the languages that are asked for", async () => {
    const { run, pool } = unvendored();
    rmSync(join(pool, "objects"), { recursive: true });
    expect((await run("vendor", "--languages", "fra")).status).toBe(0);
    const folder = join(pool, "objects/sha256", CLAMP.slice(0, 2), CLAMP.slice(2));
    expect(readdirSync(folder).filter((name) => !name.endsWith(".json"))).toEqual(["fra"]);
    expect((await run("vendor", "--languages", "x")).status).toBe(2);
  });
});
