/** The section `verify`: what it takes, how its parts are merged, what is refused. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/configuration.js";
import { ConfigurationError } from "../../src/configuration/configuration-fault.js";
import { temporaryFolder, writeFiles } from "../folder.js";

const HASH = "0123456789abcdef".repeat(4);
const OTHER = "f".repeat(64);
const yaml = (hash: string, more = ""): string =>
  `verify:\n  exemptions:\n    - hash: ${hash}\n      effects: [eval]\n      reason: r\n      expires: 2027-01-31\n${more}`;

async function load(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
  policy: readonly string[] = [],
) {
  const folder = temporaryFolder();
  writeFiles(folder, { "repository/.ouverture/x": "", "home/x": "", ...files });
  const home = join(folder, "home");
  const environment = { HOME: home, USERPROFILE: home, ...variables };
  const directory = join(folder, "repository");
  return { folder, load: () => loadConfiguration({ directory, environment, policy }) };
}

const USER = "home/.ouverture/config.yaml";
const OWN = "repository/.ouverture/config.yaml";
const PYPROJECT = "repository/pyproject.toml";

async function settings(...args: Parameters<typeof load>) {
  return (await (await load(...args)).load()).verify;
}

async function refusal(...args: Parameters<typeof load>): Promise<string> {
  const { folder, load: loading } = await load(...args);
  const error: unknown = await loading().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationError);
  return (error as ConfigurationError).message.replaceAll(`${folder}/`, "");
}

describe("the section verify", () => {
  it("goes from the user over the repository and the environment to the command line", async () => {
    const user =
      yaml(OTHER, "  fail_on: warning\n  allow_empty: true\n  exclude: [x]\n") +
      "  effects: { eval: allow, network: deny }\n  limits: { depth: 5, seconds: 9 }\n";
    expect(await settings({ [USER]: user })).toEqual({
      failOn: "warning",
      allowEmpty: true,
      exclude: ["x"],
      effects: { eval: "allow", network: "deny" },
      exemptions: [
        { hash: OTHER, effects: ["eval"], reason: "r", expires: "2027-01-31", line: 3, path: null },
      ],
      limits: { depth: 5, seconds: 9 },
    });
    const own = yaml(
      HASH,
      "  exclude: [y, z]\n  effects: { eval: deny }\n  limits: { depth: 6 }\n",
    );
    const files = { [USER]: user, [OWN]: own };
    const merged = await settings(files);
    expect(merged).toMatchObject({
      failOn: "warning",
      exclude: ["y", "z"],
      effects: { eval: "deny", network: "deny" },
      exemptions: [{ hash: HASH, path: ".ouverture/config.yaml", line: 3 }],
      limits: { depth: 6, seconds: 9 },
    });
    const variables = {
      OUVERTURE_POLICY: "eval=allow, dynamic=allow",
      OUVERTURE_FAIL_ON: "error",
      OUVERTURE_ALLOW_EMPTY: "0",
      OUVERTURE_EXCLUDE: "a/** b",
    };
    expect(await settings(files, variables, ["dynamic=deny"])).toMatchObject({
      failOn: "error",
      allowEmpty: false,
      exclude: ["a/**", "b"],
      effects: { eval: "allow", network: "deny", dynamic: "deny" },
    });
  });

  it("may stand in a pyproject.toml, with dates of TOML and texts", async () => {
    const toml = [
      "[project]",
      "expires = 1",
      "[tool.ouverture.verify]",
      'effects = { network = "deny" }',
      "[[tool.ouverture.verify.exemptions]]",
      `hash = "${OTHER}"`,
      'effects = ["eval"]',
      'reason = "one"',
      "expires = 2027-01-31",
      "[[tool.ouverture.verify.exemptions]]",
      'effects = ["eval", "process"]',
      'reason = "two"',
      'expires = "2028-02-29"',
      `hash = "${HASH}"`,
    ].join("\n");
    const { effects, exemptions } = await settings({ [PYPROJECT]: toml });
    expect(effects).toEqual({ network: "deny" });
    const path = "pyproject.toml";
    expect(exemptions).toEqual([
      { hash: OTHER, effects: ["eval"], reason: "one", expires: "2027-01-31", line: 6, path },
      {
        hash: HASH,
        effects: ["eval", "process"],
        reason: "two",
        expires: "2028-02-29",
        line: 14,
        path,
      },
    ]);
  });

  it("is remembered with its lines", async () => {
    const { load: again } = await load({ [OWN]: yaml(HASH) });
    const first = (await again()).verify;
    expect((await again()).verify).toEqual(first);
  });

  it.each<[string, string]>([
    ["verify: []", "line 1: verify has to be a section of keys and values."],
    [
      "verify: { effect: {} }",
      "line 1: verify.effect is not known. Did you mean effects? The keys here are fail_on, allow_empty, exclude, effects, exemptions, limits.",
    ],
    ["verify: { fail_on: never }", "line 1: verify.fail_on has to be error or warning."],
    ["verify: { allow_empty: 'yes' }", "line 1: verify.allow_empty has to be true or false."],
    ["verify: { exclude: x }", "line 1: verify.exclude has to be a list, as in [vendored/**]."],
    [
      "verify: { exclude: ['/x'] }",
      "line 1: verify.exclude[0] has to be a pattern of paths, such as vendored/**.",
    ],
    [
      "verify: { exclude: ['!x'] }",
      "line 1: verify.exclude[0] has to be a pattern of paths, such as vendored/**.",
    ],
    [
      "verify: { effects: { netwrk: deny } }",
      "line 1: verify.effects.netwrk is not known. Did you mean network? The keys here are eval, process, deserialize, dynamic, network, filesystem, environment.",
    ],
    [
      "verify: { effects: { network: no } }",
      "line 1: verify.effects.network has to be allow or deny.",
    ],
    [
      "verify: { limits: { depth: 0 } }",
      "line 1: verify.limits.depth has to be a whole number from 1 to 100000.",
    ],
    [
      "verify: { limits: { object_bytes: 1048577 } }",
      "line 1: verify.limits.object_bytes has to be a whole number from 1 to 1048576.",
    ],
    [
      "verify: { limits: { seconds: 1.5 } }",
      "line 1: verify.limits.seconds has to be a whole number from 1 to 86400.",
    ],
    [
      "verify:\n  exemptions:\n  - effects: [eval]",
      "line 3: verify.exemptions[0].hash is missing.",
    ],
    [
      yaml("abc"),
      "line 3: verify.exemptions[0].hash has to be the full hash of a function: 64 digits.",
    ],
    [
      yaml(HASH).replace("[eval]", "[]"),
      "line 4: verify.exemptions[0].effects names no effect. Write which, as in [eval].",
    ],
    [
      yaml(HASH).replace("[eval]", "[evil]"),
      "line 4: verify.exemptions[0].effects[0] is no effect. Did you mean eval? The effects are eval, process, deserialize, dynamic, network, filesystem, environment.",
    ],
    [
      yaml(HASH).replace("reason: r", "reason: ' '"),
      "line 5: verify.exemptions[0].reason has to say in up to 1,000 characters why it is exempt.",
    ],
    [
      yaml(HASH).replace("2027-01-31", "2027-02-29"),
      "line 6: verify.exemptions[0].expires has to be a date. Write it as 2027-01-31.",
    ],
    [
      yaml(HASH).replace("2027-01-31", "never"),
      "line 6: verify.exemptions[0].expires has to be a date. Write it as 2027-01-31.",
    ],
    [yaml(HASH).replace(/\n.*expires.*/, ""), "line 3: verify.exemptions[0].expires is missing."],
  ])("is refused with file, line and key: %j", async (text, message) => {
    expect(await refusal({ [OWN]: text })).toBe(`${OWN}, ${message}`);
  });

  it.each<[Record<string, string>, readonly string[], string]>([
    [
      { OUVERTURE_POLICY: "network" },
      [],
      "OUVERTURE_POLICY: policy[0] has to be written as effect=allow or effect=deny.",
    ],
    [{ OUVERTURE_POLICY: "evil=deny" }, [], "OUVERTURE_POLICY: verify.effects.evil is not known."],
    [
      { OUVERTURE_POLICY: "__proto__=deny" },
      [],
      "OUVERTURE_POLICY: verify.effects.__proto__ is not known.",
    ],
    [
      { OUVERTURE_POLICY: "eval=maybe" },
      [],
      "OUVERTURE_POLICY: verify.effects.eval has to be allow or deny.",
    ],
    [
      { OUVERTURE_FAIL_ON: "all" },
      [],
      "OUVERTURE_FAIL_ON: verify.fail_on has to be error or warning.",
    ],
    [
      { OUVERTURE_ALLOW_EMPTY: "maybe" },
      [],
      "OUVERTURE_ALLOW_EMPTY: verify.allow_empty has to be true or false.",
    ],
    [{ OUVERTURE_EXCLUDE: "/x" }, [], "OUVERTURE_EXCLUDE: verify.exclude[0] has to be a pattern"],
    [{}, ["eval=allow", "x=y=z"], "the command line: policy[1] has to be written as"],
  ])("is refused with the variable: %j %j", async (variables, policy, message) => {
    expect(await refusal({}, variables, policy)).toContain(message);
  });
});
