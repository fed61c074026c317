/** A configuration that somebody names counts in place of the repository's own, of a commit as well. */
import { symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyRepository } from "../../src/verify-repository.js";
import { git, hasGit, temporaryFolder, writeFiles } from "../folder.js";

const EMPTY = "verify:\n  allow_empty: true\n";
const REFUSED = "no: such key\n";

function verifyWith(root: string, configuration?: string, trustedCommit?: string) {
  return verifyRepository({
    root,
    environment: { HOME: temporaryFolder() },
    configuration,
    trustedCommit,
  });
}

describe("a configuration that is named", () => {
  it.each([
    ["ci/ouverture.yaml", EMPTY],
    ["ci/ouverture.toml", "[tool.ouverture.verify]\nallow_empty = true\n"],
  ])("%s counts in place of the others", async (path, text) => {
    const root = temporaryFolder();
    writeFiles(root, { [path]: text, ".ouverture/config.yaml": REFUSED, "pyproject.toml": "" });
    await expect(verifyWith(root)).rejects.toThrow("config.yaml");
    expect((await verifyWith(root, path)).outcome).toBe("verified");
  });

  it("is told with its name", async () => {
    const root = temporaryFolder();
    writeFiles(root, { "ci/ouverture.yaml": REFUSED });
    await expect(verifyWith(root, "ci/ouverture.yaml")).rejects.toThrow("ouverture.yaml, line 1");
  });

  it("may not lead out of the repository", async () => {
    const root = temporaryFolder();
    const other = temporaryFolder();
    writeFiles(other, { "x.yaml": EMPTY });
    symlinkSync(`${other}/x.yaml`, `${root}/x.yaml`);
    await expect(verifyWith(root, "x.yaml")).rejects.toThrow("leads out of the repository");
  });

  it.runIf(hasGit)("is that of the trusted commit", async () => {
    const root = temporaryFolder();
    git(root, "init", "--quiet");
    writeFiles(root, { "ci/ouverture.yaml": "verify:\n  fail_on: warning\n" });
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", "one");
    writeFiles(root, { "ci/ouverture.yaml": EMPTY });
    const report = await verifyWith(root, "ci/ouverture.yaml", "HEAD");
    expect(report.outcome).toBe("unchecked");
    expect(report.notices).toContainEqual({
      code: "trust-changed",
      data: { keys: ["verify.allow_empty", "verify.fail_on"], path: "ci/ouverture.yaml" },
    });
  });
});
