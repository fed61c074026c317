/** The version, which stands in three files: what is kept of proofs (_cache.py) is kept by it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const home = fileURLToPath(new URL("..", import.meta.url));
const FILES = ["package.json", "pyproject.toml", "src/ouverture/_version.py"];

function versionsIn(folder: string): (string | undefined)[] {
  const texts = FILES.map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.map((text) =>
    /\bversion"? ?[:=] "(.*)"|__version__ = "(.*)"/.exec(text)?.slice(1).find(Boolean),
  );
}

test("is the same in all of them", () => {
  const [version] = versionsIn(home);
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(versionsIn(home)).toEqual([version, version, version]);
});

test("is brought to Python as it is raised, where Python has it", () => {
  const folder = mkdtempSync(join(tmpdir(), "ouverture-version-"));
  const pin = (version: string) => {
    writeFileSync(join(folder, "package.json"), `{\n  "version": "${version}"\n}\n`);
    const script = join(home, "scripts/pin-version.mjs");
    return spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
  };
  for (const name of FILES) cpSync(join(home, name), join(folder, name), { recursive: true });
  expect(pin("1.20.3").status).toBe(0);
  expect(versionsIn(folder)).toEqual(["1.20.3", "1.20.3", "1.20.3"]);
  const { status, stderr } = pin("2.0.0-beta.1");
  expect(status).toBe(1);
  expect(stderr).toContain("Python has no version 2.0.0-beta.1.");
  rmSync(folder, { recursive: true });
});
