/** Inputs: what each may hold, which goes over which, and that action.yml and docs name the same. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError, readInputs } from "../src/inputs.js";
import { readMetadata } from "./runner.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What an input is read as, or the sentence that refuses it. */
function read(name: string, value: string, variable = ""): unknown {
  const variables = {
    [`INPUT_${name.toUpperCase()}`]: value,
    [`OUVERTURE_${name.toUpperCase().replaceAll("-", "_")}`]: variable,
  };
  try {
    const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    return Reflect.get(readInputs(variables), KEYS[key] ?? key);
  } catch (error) {
    return error instanceof InputError ? error.message : error;
  }
}

const KEYS: Readonly<Record<string, string>> = { workingDirectory: "directory" };

describe("an input", () => {
  it.each([
    ["working-directory", " packages/app ", "packages/app"],
    ["working-directory", "", "."],
    ["paths", "src\n  test \r\n\n", ["src", "test"]],
    ["exclude", "vendored/**\n*.{a,b}", ["vendored/**", "*.{a,b}"]],
    ["exclude", "", undefined],
    ["mode", "changed", "changed"],
    ["mode", "", "all"],
    ["base-ref", "origin/main", "origin/main"],
    ["registries", "a=https://a.example/ b=git@b:c", ["a=https://a.example/", "b=git@b:c"]],
    ["offline", "TRUE", true],
    ["offline", "False", false],
    ["offline", "", undefined],
    ["fail-on", "warning", "warning"],
    ["allow-empty", "true", true],
    ["annotations", "", true],
    ["annotations", "false", false],
    ["summary", "false", false],
    ["comment", "", "off"],
    ["comment", "on-failure", "on-failure"],
    ["cache", "", true],
    ["concurrency", "64", 64],
    ["timeout", "3600", 3600],
    ["retries", "0", 0],
    ["retries", "", undefined],
    ["token", "ghs_1", "ghs_1"],
    ["token", "", undefined],
  ])("%s of %j is %j", (name, value, expected) => {
    expect(read(name, value)).toEqual(expected);
  });

  it.each([
    ["mode", "everything", "The input 'mode' is 'everything', and has to be all or changed."],
    ["offline", "yes", "The input 'offline' is 'yes', and has to be true or false."],
    ["fail-on", "note", "The input 'fail-on' is 'note', and has to be error or warning."],
    [
      "comment",
      "true",
      "The input 'comment' is 'true', and has to be off or on-failure or always.",
    ],
    [
      "concurrency",
      "0",
      "The input 'concurrency' is '0', and has to be a whole number from 1 to 64.",
    ],
    [
      "timeout",
      "1.5",
      "The input 'timeout' is '1.5', and has to be a whole number from 1 to 3600.",
    ],
    ["retries", "11", "The input 'retries' is '11', and has to be a whole number from 0 to 10."],
    ["retries", "-1", "The input 'retries' is '-1', and has to be a whole number from 0 to 10."],
    [
      "base-ref",
      "--upload-pack=touch x",
      "The input 'base-ref' is '--upload-pack=touch x', and has to be a branch, a tag or a commit.",
    ],
    [
      "head-ref",
      "a\u001b[2J",
      "The input 'head-ref' is 'a\\u001b[2J', and has to be a branch, a tag or a commit.",
    ],
    [
      "pool",
      "a\nb",
      "The input 'pool' is 'a\\nb', and has to be a path without control characters.",
    ],
  ])("%s of %j is refused", (name, value, expected) => {
    expect(read(name, value)).toBe(expected);
  });

  it("goes over the variable of its name, and that is told by its own", () => {
    expect(read("mode", "", "changed")).toBe("changed");
    expect(read("mode", "all", "changed")).toBe("all");
    expect(read("comment", "", "on")).toBe(
      "The variable OUVERTURE_COMMENT is 'on', and has to be off or on-failure or always.",
    );
  });

  it("has no variable where the library reads that, or where it is a secret", () => {
    for (const name of ["registries", "fail-on", "allow-empty", "exclude", "token"]) {
      expect(read(name, "", "true")).toEqual(read(name, ""));
    }
  });

  it("is refused in one line, whatever it is", () => {
    const names = Object.keys(readMetadata().inputs);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: "binary" }), (name, value) => {
        const result = read(name, value);
        if (typeof result !== "string" || !result.startsWith("The input ")) return;
        expect(result).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("action.yml", () => {
  const metadata = readMetadata();

  it("is the same for the whole repository, but for where the bundle is", () => {
    const whole = readFileSync(`${root}/action.yml`, "utf8");
    const own = readFileSync(`${root}/packages/action/action.yml`, "utf8");
    expect(whole).toBe(own.replace("main: dist/", "main: packages/action/dist/"));
    expect(metadata.runs).toEqual({ using: "node24", main: "dist/index.js" });
  });

  it("has no default for what the configuration may decide", () => {
    const defaults = Object.entries(metadata.inputs).filter(([, input]) => "default" in input);
    expect(defaults).toEqual([
      ["token", expect.objectContaining({ default: expect.stringContaining("github.token") })],
    ]);
  });

  it("has the inputs that are read, and docs/action.md tells of all", () => {
    const docs = readFileSync(`${root}/docs/action.md`, "utf8");
    const source = readFileSync(new URL("../src/inputs.ts", import.meta.url), "utf8");
    const names = [...source.matchAll(/\bread\("([a-z-]+)"/g)].map(([, name]) => name);
    expect(Object.keys(metadata.inputs).sort()).toEqual(names.sort());
    for (const name of names) expect(docs).toContain(`| \`${name}\` |`);
    for (const name of Object.keys(metadata.outputs)) expect(docs).toContain(`\`${name}\``);
  });
});
