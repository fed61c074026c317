import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isolated, ouverture, type Surroundings, temporaryFolder } from "./command.js";

const ENTER = "\r";
const CTRL_C = "\u0003";
const ESCAPE = "\u001b";

/** Runs `init` with somebody at the terminal, and gives what is configured then. */
async function init(answers: readonly string[], args: string[] = [], more: Surroundings = {}) {
  const environment = { ...isolated(), ...more.environment };
  const outcome = await ouverture(temporaryFolder(), ["init", ...args], {
    isTerminal: true,
    answers,
    ...more,
    environment,
  });
  const file = join(environment.HOME ?? "", ".ouverture", "config.yaml");
  return { ...outcome, file: existsSync(file) ? readFileSync(file, "utf8") : "" };
}

describe("questions", () => {
  it("are asked for what is not known", async () => {
    const { status, file } = await init([
      `ada${ENTER}`,
      `ada@example.com${ENTER}`,
      `fra, eng${ENTER}`,
    ]);
    expect(status).toBe(0);
    expect(file).toBe(
      "user:\n  username: ada\n  email: ada@example.com\n  languages: [fra, eng]\n",
    );
  });

  it("are not asked for what the options say", async () => {
    const { status, file, stderr } = await init(
      [`ada@example.com${ENTER}`],
      ["--username", "grace", "--language", "eng"],
    );
    expect(status).toBe(0);
    expect(stderr).not.toContain("name");
    expect(file).toContain("username: grace");
  });

  it("may be left without an answer", async () => {
    const { status, file, stdout } = await init([ENTER, ENTER, ENTER]);
    expect({ status, file }).toEqual({ status: 0, file: "" });
    expect(stdout.match(/is not set/g)).toHaveLength(3);
  });

  it("offer what the system says", async () => {
    const { file } = await init([ENTER, ENTER, ENTER], [], {
      environment: {
        LANG: "de_AT.UTF-8",
        GIT_CONFIG_COUNT: "2",
        GIT_CONFIG_KEY_0: "user.name",
        GIT_CONFIG_VALUE_0: "Ada Lovelace",
        GIT_CONFIG_KEY_1: "user.email",
        GIT_CONFIG_VALUE_1: "ada@example.com",
      },
    });
    expect(file).toBe(
      "user:\n  username: Ada Lovelace\n  email: ada@example.com\n  languages: [deu]\n",
    );
  });

  it("are asked again until the answer is valid", async () => {
    const { status, file, stderr } = await init([ENTER, ENTER, `fr${ENTER}`, `a${ENTER}`]);
    expect(status).toBe(0);
    expect(stderr).toContain("is not how a language is named here.");
    expect(file).toContain("languages: [fra]");
  });

  it.each([
    ["Ctrl-C", CTRL_C],
    ["Escape", ESCAPE],
  ])("end with %s, and nothing is changed", async (_, key) => {
    const { status, stdout, stderr, file } = await init([`ada${ENTER}`, key]);
    expect({ status, stdout, file }).toEqual({ status: 130, stdout: "", file: "" });
    expect(stderr).toMatch(/ouverture: Cancelled\.\n$/);
  });

  it("are painted only where colours are wanted", async () => {
    const plain = await init([ENTER, ENTER, ENTER], [], { environment: { NO_COLOR: "1" } });
    expect(plain.stderr).not.toMatch(COLOUR);
    expect(plain.status).toBe(0);
    expect((await init([ENTER, ENTER, ENTER])).stderr).toMatch(COLOUR);
  });

  it("are not asked at a dumb terminal, nor with --json", async () => {
    for (const [args, environment] of [
      [[], { TERM: "dumb" }],
      [["--json"], {}],
    ] as const) {
      const { status, stderr } = await init([], [...args], { environment });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    }
  });

  it("take a yes or a no for each file of a repository", async () => {
    const root = temporaryFolder();
    const { status, stdout, stderr } = await ouverture(root, ["init", "--repo"], {
      isTerminal: true,
      answers: ["y", "n"],
      environment: { NO_COLOR: "1" },
    });
    expect(status).toBe(0);
    expect(stdout).toBe(
      "✓ .ouverture/config.yaml written\n! .github/workflows/ouverture.yml left out\n",
    );
    expect(stderr).toContain("  name: ouverture\n");
    expect(existsSync(join(root, ".ouverture", "config.yaml"))).toBe(true);
    expect(existsSync(join(root, ".github"))).toBe(false);
  });
});

const COLOUR = new RegExp(`${ESCAPE}\\[[0-9]+m`);
