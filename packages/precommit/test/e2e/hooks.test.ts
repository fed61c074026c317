/** The scenarios, under each program that runs hooks, with the package as it is published. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frameworkHost, huskyHost, lintStagedHost, plainHost } from "./hosts.js";
import { OF_GIT, SCENARIOS } from "./scenarios.js";
import { type Host, openStage } from "./stage.js";
import {
  findPrek,
  openRegistry,
  openToolbox,
  publishHooks,
  type Toolbox,
  versionOf,
} from "./toolbox.js";

let toolbox: Toolbox;
let registry: { readonly url: string; readonly close: () => void };
let hooks: string;

beforeAll(async () => {
  toolbox = openToolbox();
  registry = await openRegistry(toolbox.packed);
  hooks = publishHooks(toolbox.folder);
});
afterAll(() => {
  registry?.close();
  toolbox?.close();
});

async function play(name: string, openHost: () => Host): Promise<void> {
  const scenario = SCENARIOS.find((one) => one.name === name);
  const { stage, close } = await openStage(openHost());
  try {
    await scenario?.play(stage);
  } finally {
    close();
  }
}

const ALL = SCENARIOS.map(({ name }) => name);
const NAMES = ALL.filter((name) => !OF_GIT.has(name));

describe("git alone", () => {
  it.each(ALL)("%s", (name) => play(name, () => plainHost(toolbox)));
});

describe("husky", () => {
  it.each(NAMES)("%s", (name) => play(name, () => huskyHost(toolbox)));
});

describe("lint-staged", () => {
  it.each(NAMES)("%s", (name) => play(name, () => lintStagedHost(toolbox)));
});

const framework = versionOf("pre-commit");
describe("the pre-commit framework", () => {
  // Debian's package "pre-commit"; .ci/run installs it.
  it("is there, where CI is to run it", () => {
    if (process.env.CI) expect(framework).not.toBeNull();
  });
  it.skipIf(framework === null).each(NAMES)("%s", (name) =>
    play(name, () =>
      frameworkHost("pre-commit", {
        name: "pre-commit",
        toolbox,
        registry: registry.url,
        hooks,
        suffix: isBefore32(framework) ? "-stages-of-3.1" : "",
      }),
    ),
  );
});

const prek = findPrek();
describe("prek", () => {
  it.skipIf(prek === null).each(NAMES)("%s", (name) =>
    play(name, () =>
      frameworkHost(prek ?? "prek", {
        name: "prek",
        toolbox,
        registry: registry.url,
        hooks,
        suffix: "",
      }),
    ),
  );
});

function isBefore32(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  return major < 3 || (major === 3 && minor < 2);
}
