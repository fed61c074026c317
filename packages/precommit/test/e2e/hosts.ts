/** What runs the check before a commit: git alone, husky, lint-staged, pre-commit and prek. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import ownPackage from "../../package.json" with { type: "json" };
import type { Host, Stage } from "./stage.js";
import type { Toolbox } from "./toolbox.js";

const bin = (modules: string) => join(modules, ".bin/ouverture-precommit");

async function installBy(stage: Stage, ...options: string[]): Promise<void> {
  const program = bin(stage.host.modules);
  const { status, output } = await stage.run(program, "install", "--yes", ...options);
  expect({ status, output }).toMatchObject({ status: 0 });
}

/** Turns husky on, as `npm install` does by way of the script `prepare`. */
async function prepare(stage: Stage): Promise<void> {
  const { status, output } = await stage.run("npm", "run", "--silent", "prepare");
  expect({ status, output }).toEqual({ status: 0, output: "" });
}

export function plainHost({ modules }: Toolbox): Host {
  return {
    name: "git alone",
    modules,
    isPure: true,
    environment: {},
    async install(stage) {
      await installBy(stage, "--plain");
      const hooks = (await stage.git("rev-parse", "--git-path", "hooks")).trim();
      stage.watch(
        join(
          stage.root.startsWith("/") && !hooks.startsWith("/") ? stage.root : "",
          hooks,
          "pre-commit",
        ),
      );
    },
  };
}

export function huskyHost({ modules }: Toolbox): Host {
  return {
    name: "husky",
    modules,
    isPure: true,
    environment: {},
    async install(stage) {
      await installBy(stage);
      await prepare(stage);
      // The hook is of the project, so that it is committed with it.
      await stage.git("add", "--all", ".husky", "package.json");
    },
  };
}

export function lintStagedHost({ modules }: Toolbox): Host {
  return {
    name: "lint-staged",
    modules,
    isPure: false,
    isSilent: true,
    // It parts what git prints at NUL and ":".
    refuses: /^:/,
    environment: {},
    async install(stage) {
      await installBy(stage, "--lint-staged");
      await prepare(stage);
      await stage.git("add", "--all", ".husky", "package.json", "lint-staged.config.mjs");
    },
  };
}

/** pre-commit and prek read the same configuration. */
export function frameworkHost(
  program: string,
  options: {
    readonly name: string;
    readonly toolbox: Toolbox;
    readonly registry: string;
    readonly hooks: string;
    /** Behind the version in the tag. */
    readonly suffix: string;
  },
): Host {
  const { name, toolbox, registry, hooks, suffix } = options;
  const cache = join(toolbox.folder, `cache-of-${name}`);
  mkdirSync(cache, { recursive: true });
  return {
    name,
    modules: toolbox.modules,
    isPure: false,
    environment: {
      PRE_COMMIT_HOME: cache,
      PREK_HOME: cache,
      npm_config_registry: registry,
      npm_config_cache: join(cache, "npm"),
    },
    async install(stage) {
      stage.write({
        ".pre-commit-config.yaml": `repos:
  - repo: ${hooks}
    rev: v${ownPackage.version}${suffix}
    hooks:
      - id: ouverture-verify
      - id: ouverture-verify-all
`,
      });
      await stage.git("add", ".pre-commit-config.yaml");
      const types = ["pre-commit", "pre-merge-commit", "pre-push"];
      const { status, output } = await stage.run(
        program,
        "install",
        "--install-hooks",
        ...types.flatMap((type) => ["--hook-type", type]),
      );
      expect({ status, output }).toMatchObject({ status: 0 });
    },
  };
}
