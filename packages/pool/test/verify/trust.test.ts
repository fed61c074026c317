/** Whose configuration counts, and what of it differs. */
import { describe, expect, it } from "vitest";
import { hasGit } from "../folder.js";
import { mean } from "../store-suite-records.js";
import { importOf, makeRepository, SOUND, told } from "./checked-repository.js";

const CONFIG = ".ouverture/config.yaml";
const absent = importOf("0".repeat(64));

describe.runIf(hasGit)("with a trusted commit", () => {
  it("the configuration is what it says there, and what differs is told", async () => {
    const one = makeRepository({
      ...SOUND,
      "b.py": absent,
      [CONFIG]: "verify: { effects: { network: deny } }\n",
    });
    const trusted = one.commit();
    const exemption = `{ hash: ${mean.object.hash}, effects: [eval], reason: r, expires: 2027-01-01 }`;
    one.write({
      [CONFIG]: [
        "registries: [{ name: theirs, url: 'https://attacker.example/' }]",
        "user: { languages: [eng] }",
        "verify:",
        "  effects: { network: allow, eval: allow }",
        "  exclude: ['**']",
        "  allow_empty: true",
        "  limits: { depth: 1 }",
        `  exemptions: [${exemption}]`,
        "",
      ].join("\n"),
    });
    one.commit();
    expect((await one.check()).outcome).toBe("verified");
    const report = await one.check({ trustedCommit: trusted, offline: false });
    expect(told(report)).toEqual(["failed", "missing b.py:1"]);
    expect(report.notices).toEqual([
      { code: "trust-from-base", data: { commit: trusted } },
      {
        code: "trust-changed",
        data: {
          keys: [
            "registries[theirs]",
            "verify.allow_empty",
            "verify.effects.eval",
            "verify.effects.network",
            "verify.exclude",
            `verify.exemptions[${mean.object.hash}]`,
            "verify.limits.depth",
          ],
          path: CONFIG,
        },
      },
    ]);
    for (const options of [
      { content: "index" as const },
      { changed: { base: trusted, head: "HEAD" } },
    ]) {
      const other = await one.check({ ...options, trustedCommit: trusted });
      expect(told(other)).toEqual(["failed", "missing b.py:1"]);
    }
  });

  it("nothing is told where nothing of it differs", async () => {
    const one = makeRepository({
      ...SOUND,
      "pyproject.toml": "[tool.ouverture.verify]\nallow_empty = true\n",
    });
    const trusted = one.commit();
    one.write({ "pyproject.toml": "# more\n\n[tool.ouverture.verify]\nallow_empty = true\n" });
    const report = await one.check({ trustedCommit: trusted });
    expect(report.notices.map(({ code }) => code)).toEqual(["trust-from-base", "offline"]);
  });

  it("a commit that is not there is an error, and so is a configuration that cannot be read", async () => {
    const one = makeRepository();
    const trusted = one.commit();
    await expect(one.check({ trustedCommit: "1".repeat(40) })).rejects.toThrow(
      /^The commit '1{40}', whose settings are trusted, is not to be had\. Nothing is fetched offline\. Nothing was checked\.$/,
    );
    one.write({ [CONFIG]: "verify: 1\n" });
    await expect(one.check({ trustedCommit: trusted })).rejects.toThrow(
      /verify has to be a section/,
    );
    const bad = one.commit();
    one.write({ [CONFIG]: "" });
    await expect(one.check({ trustedCommit: bad })).rejects.toThrow(
      new RegExp(`^\\.ouverture/config\\.yaml \\(commit ${bad.slice(0, 12)}\\), line 1: verify`),
    );
  });
});

describe("paths that are excluded", () => {
  const files = {
    ...SOUND,
    "vendored/x.py": absent,
    "deep/vendored/y.py": absent,
    ".hidden/z.py": absent,
    "deep/w[1].py": absent,
  };

  it.each<[string[], string[]]>([
    [[], [".hidden/z.py", "deep/vendored/y.py", "deep/w[1].py", "vendored/x.py"]],
    [["vendored"], [".hidden/z.py", "deep/vendored/y.py", "deep/w[1].py"]],
    [["vendored/"], [".hidden/z.py", "deep/vendored/y.py", "deep/w[1].py"]],
    [["**/vendored"], [".hidden/z.py", "deep/w[1].py"]],
    [["*/*.py"], ["deep/vendored/y.py"]],
    [["**/*.py"], []],
    [["{deep,vendored}/**", ".hidden"], []],
    [["deep/w\\[1\\].py"], [".hidden/z.py", "deep/vendored/y.py", "vendored/x.py"]],
    [["!(a)*"], [".hidden/z.py", "deep/vendored/y.py", "deep/w[1].py", "vendored/x.py"]],
  ])("%j", async (exclude, expected) => {
    const one = makeRepository(files);
    const { findings, coverage } = await one.check({ exclude });
    const count = Object.keys(files).filter((path) => path.endsWith(".py")).length - coverage.files;
    const told = [{ what: "file", reason: "excluded", count }];
    expect(coverage.skipped).toEqual(count === 0 ? [] : told);
    expect(findings.flatMap(({ locations }) => locations.map(({ path }) => path))).toEqual(
      expected,
    );
  });
});
