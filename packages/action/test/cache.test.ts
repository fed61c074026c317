/** What registries gave is kept from run to run, and trusted no more than they are. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type FaultyServer, serveFolder, startServer } from "../../pool/test/http/faulty-server.js";
import { type CacheService, startCacheService } from "./cache-service.js";
import { checkOut, hostMarket, importOf, market, objectFileOf } from "./repositories.js";
import { runStep, type Step, temporaryFolder } from "./runner.js";

/** A repository whose function is in a registry alone, and runners that share a service. */
async function openRegistry() {
  const registry = await startServer(serveFolder(join(market, ".ouverture")));
  const hosted = hostMarket({
    [objectFileOf("clamp").replace("/object.json", "")]: null,
    "shop/clamped.py": importOf("clamp"),
    ".ouverture/config.yaml": `registries:\n  - { name: company, url: "${registry.url}" }\n`,
  });
  const step = { workspace: checkOut(hosted.url, "main"), event: "schedule" };
  return { registry, hosted, step };
}

/** As on a new machine, whose folders are called the same. */
function onNewMachine(step: Step, { variables }: Pick<CacheService, "variables">): Step {
  return { ...step, environment: { ...variables, ...step.environment } };
}

function objectsAsked({ requests }: FaultyServer): number {
  return requests.filter(({ path }) => path.endsWith("object.json")).length;
}

describe("the cache", () => {
  it("saves what was fetched, and the next run asks the registry for nothing", async () => {
    const { registry, step } = await openRegistry();
    const service = await startCacheService();
    const temporary = temporaryFolder();
    const first = await runStep({ ...onNewMachine(step, service), temporary });
    expect({ status: first.status, log: first.log }).toMatchObject({ status: 0 });
    expect([...service.entries.keys()]).toEqual([
      expect.stringMatching(/^ouverture-pool-1-\w{32}$/),
    ]);
    const asked = objectsAsked(registry);
    expect(asked).toBeGreaterThan(0);
    emptyFolder(temporary);
    const second = await runStep({ ...onNewMachine(step, service), temporary });
    expect(second.outputs).toMatchObject({ result: "verified", verified: "2" });
    expect(objectsAsked(registry)).toBe(asked);
    // What is there already is not saved again.
    expect(service.requests.filter((one) => one.includes("CreateCacheEntry"))).toHaveLength(1);
  });

  it("is checked again: what was changed in it is fetched anew, told, and not kept", async () => {
    const { registry, step } = await openRegistry();
    const service = await startCacheService();
    const temporary = temporaryFolder();
    await runStep({ ...onNewMachine(step, service), temporary });
    const asked = objectsAsked(registry);
    // The pool that was restored, changed by somebody before it is read.
    const file = join(
      temporary,
      "ouverture",
      "pool",
      objectFileOf("clamp").slice(".ouverture/".length),
    );
    writeFileSync(file, readFileSync(file, "utf8").replace("return", "return not "));
    const { outputs, commands } = await runStep(
      onNewMachine({ ...step, temporary }, { variables: {} }),
    );
    expect(outputs).toMatchObject({ result: "verified", findings: "1" });
    expect(objectsAsked(registry)).toBe(asked + 1);
    expect(
      commands.some(({ name, data }) => name === "warning" && data.includes("user's pool")),
    ).toBe(true);
  });

  it.each([
    ["no service", {}],
    ["another service", { ACTIONS_CACHE_SERVICE_V2: "true" }],
  ])("that has %s is no error", async (_, variables) => {
    const { step } = await openRegistry();
    const { status, commands } = await runStep({ ...step, environment: variables });
    expect({ status, commands }).toEqual({ status: 0, commands: [] });
  });

  it.each([500, 404, 403])("whose service answers %d is no error", async (fails) => {
    const { step } = await openRegistry();
    const service = await startCacheService(fails);
    const { status, commands, outputs } = await runStep(onNewMachine(step, service));
    expect({ status, commands }).toEqual({ status: 0, commands: [] });
    expect(outputs.result).toBe("verified");
    expect(service.requests.length).toBeGreaterThan(0);
  });

  it("that gives what is no archive is no error", async () => {
    const { step } = await openRegistry();
    const service = await startCacheService();
    service.replace("ouverture-pool-1-x", Buffer.from("::error::no archive"));
    const { status, commands } = await runStep(onNewMachine(step, service));
    expect({ status, commands }).toEqual({ status: 0, commands: [] });
  });

  it.each([
    ["where it is turned off", { inputs: { cache: "false" } }],
    ["where nothing is fetched", { inputs: { offline: "true" } }],
    ["for an event that strangers start", { event: "issue_comment" }],
  ])("is not asked %s", async (_, change) => {
    const { hosted, step } = await openRegistry();
    const service = await startCacheService();
    const sha = hosted.commit("main", {});
    await runStep({
      ...onNewMachine(step, service),
      workspace: checkOut(hosted.url, sha),
      sha,
      ...change,
    });
    expect(service.requests).toEqual([]);
  });

  it("is not asked where there is no registry", async () => {
    const hosted = hostMarket();
    const service = await startCacheService();
    const step = { workspace: checkOut(hosted.url, "main"), event: "schedule" };
    expect((await runStep(onNewMachine(step, service))).status).toBe(0);
    expect(service.requests).toEqual([]);
  });
});

function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}
