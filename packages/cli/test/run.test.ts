import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../src/commands.js";
import { CommandFailure, failureOf } from "../src/failure.js";
import { copyOfMarket, isolated, market, ouverture, temporaryFolder } from "./command.js";

describe("the help", () => {
  it("lists every command in its group", async () => {
    const { stdout } = await ouverture(market, ["--help"]);
    const groups = stdout.split(/\n(?=\S.*:\n)/);
    for (const { name, group, summary } of COMMANDS) {
      const lines = groups.find((one) => one.startsWith(`${group}:`)) ?? "";
      expect(lines).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 20)}`, "m"));
    }
    expect(groups.map((one) => one.split("\n")[0])).toEqual(
      expect.arrayContaining(["Options:", "Checking:", "Setup:", "Examples:"]),
    );
  });

  it.each(COMMANDS.map(({ name }) => name))("of %s has an example, and --json", async (name) => {
    const { stdout, stderr, status } = await ouverture(market, [name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Examples?:\n {2}\$ /m);
    const below = /^ {2}(\w+) .*\n/gm;
    const section = stdout.split("Commands:\n")[1];
    if (section === undefined) expect(stdout).toContain("--json");
    else {
      for (const [, child = ""] of section.split("\n\n")[0]?.matchAll(below) ?? []) {
        if (child === "help") continue;
        expect((await ouverture(market, [name, child, "--help"])).stdout).toContain("--json");
      }
    }
  });

  it("is no wider than the terminal, where that is possible", async () => {
    for (const width of [60, 100]) {
      const { stdout } = await ouverture(market, ["verify", "--help"], { isTerminal: true, width });
      const [usage = ""] = stdout.split("Exit status:");
      for (const line of usage.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

describe("a failure", () => {
  it.each([
    [
      ["help", "verfy"],
      "unknown command 'verfy' (Did you mean verify?).",
      "'ouverture --help' says what there is.",
    ],
    [["nope"], "unknown command 'nope'.", "'ouverture --help' says what there is."],
    [
      ["whoami", "--jsn"],
      "unknown option '--jsn' (Did you mean --json?).",
      "'ouverture whoami --help' shows how it is used.",
    ],
    [
      ["whoami", "emial"],
      "command-argument value 'emial' is invalid for argument 'key'. Allowed choices are username, email, public-key, language.",
      "'ouverture whoami --help' shows how it is used.",
    ],
    [["verify", "nowhere"], "there is no file or folder 'nowhere'.", null],
  ])("of %j is one line, or with --json a document", async (args, message, hint) => {
    const plain = await ouverture(market, args);
    const line = hint === null ? message : `${message} ${hint}`;
    expect(plain).toEqual({ status: 2, stdout: "", stderr: `ouverture: ${line}\n` });
    const json = await ouverture(market, [...args, "--json"]);
    expect(json).toMatchObject({ status: 2, stderr: "" });
    expect(JSON.parse(json.stdout)).toEqual({
      error: { status: 2, message, hint, details: [] },
    });
  });

  it("shows nothing of what would move a cursor", async () => {
    for (const args of [["verify", "\u001b[31m\u202e\n"], ["\u001b[31m\u202e\n"]]) {
      const { stderr } = await ouverture(market, args);
      expect(stderr).toContain("\\u001b[31m\\u202e");
      for (const char of "\u001b\u202e\n") expect(stderr.trimEnd()).not.toContain(char);
    }
  });

  it.each([
    [new CommandFailure(1, "No.", "Do.", ["a"]), 1, "No.", "Do."],
    [new Error("The store says no."), 2, "The store says no.", null],
    [
      Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", path: "/x y" }),
      2,
      "There is no permission to do this: '/x y'.",
      null,
    ],
    [
      Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }),
      2,
      "The disk is full.",
      null,
    ],
    [
      new TypeError("x is not a function"),
      2,
      "This is a defect of ouverture: TypeError: x is not a function.",
      "Please report it with the lines below.",
    ],
    [
      Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" }),
      2,
      "Invalid URL",
      null,
    ],
    ["thrown text", 2, "thrown text", null],
  ])("is made of %s", (thrown, status, message, hint) => {
    expect(failureOf(thrown)).toMatchObject({ status, message, hint });
    const isDefect = message.startsWith("This is a defect");
    expect(failureOf(thrown).details.some((line) => line.includes("run.test.ts"))).toBe(isDefect);
  });
});

describe("the configuration", () => {
  it("that is wrong is told by every command that needs it", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, ".ouverture", "config.yaml"), "registrys: []\n");
    const { status, stderr } = await ouverture(root, ["whoami"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/config\.yaml, line 1: registrys is not known\. Did you mean/);
  });
});

it("keeps from the home of who runs the tests", async () => {
  const home = temporaryFolder();
  const { stdout } = await ouverture(temporaryFolder(), ["whoami", "--json"], {
    environment: isolated(home),
  });
  expect(JSON.parse(stdout).configuration.startsWith(home)).toBe(true);
});
