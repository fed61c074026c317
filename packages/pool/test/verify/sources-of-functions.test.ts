/** Where functions come from: the repository's pool, the user's, registries that may lie. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { openDirectoryRegistry } from "../../src/registry/directory-registry.js";
import { temporaryFolder } from "../folder.js";
import {
  answer,
  type Behaviour,
  drip,
  flood,
  hang,
  redirect,
  reset,
  serveFolder,
  startServer,
  truncate,
} from "../http/faulty-server.js";
import { addAll } from "../store-suite-checks.js";
import { mean, recordOf, spread } from "../store-suite-records.js";
import {
  type CheckedRepository,
  objectOf,
  openRepository,
  poolFiles,
  SOUND,
  told,
} from "./checked-repository.js";

const source = { "a.py": SOUND["a.py"] ?? "" };
const ONLINE = { offline: false, retries: 0, timeout: 2000 };

function userPool({ home }: CheckedRepository): string {
  return join(home, ".local/ouverture");
}

async function published(): Promise<string> {
  const folder = temporaryFolder();
  await addAll(openDirectoryRegistry(folder, { name: "r" }), [mean, spread]);
  return folder;
}

describe("functions of a repository", () => {
  it("come from its pool, then the user's, then the registries by priority", async () => {
    const one = openRepository(temporaryFolder(), source);
    expect(told(await one.check())).toEqual(["failed", "missing a.py:1"]);
    await addAll(openDirectoryPool(userPool(one)), [mean, spread]);
    expect(told(await one.check())).toEqual(["verified"]);

    const other = openRepository(temporaryFolder(), source);
    const url = pathToFileURL(await published()).href;
    const registries = [`r=${url}`];
    expect(told(await other.check({ registries }))).toEqual(["failed", "missing a.py:1"]);
    expect(told(await other.check({ ...ONLINE, registries }))).toEqual(["verified"]);
    // What was fetched and checked is there when nothing is fetched.
    expect(told(await other.check())).toEqual(["verified"]);
    expect(existsSync(join(other.root, ".ouverture"))).toBe(false);
    const kept = openDirectoryPool(userPool(other));
    expect(await kept.listMappings(mean.object.hash)).toHaveLength(mean.mappings.length);
  });

  it("are asked of the registries that the repository's configuration names", async () => {
    const url = pathToFileURL(await published()).href;
    const config = `registries: [{ name: team, url: '${url}' }]\n`;
    const one = openRepository(temporaryFolder(), { ...source, ".ouverture/config.yaml": config });
    expect(told(await one.check(ONLINE))).toEqual(["verified"]);
  });

  it.each([
    ["an object", objectOf(mean), "{}", "malformed-object a.py:1"],
    [
      "the code of an object",
      objectOf(mean),
      (poolFiles(mean)[objectOf(mean)] ?? "").replace("sum(", "max("),
      "hash-mismatch a.py:1",
    ],
    [
      "a mapping",
      Object.keys(poolFiles(mean)).find((path) => path.includes("/fra/")) ?? "",
      "{}",
      "invalid-mapping a.py:1",
    ],
  ])(
    "are what the repository's pool has, also where another has %s sound",
    async (_, path, text, finding) => {
      const one = openRepository(temporaryFolder(), { ...SOUND, [path]: text });
      await addAll(openDirectoryPool(userPool(one)), [mean, spread]);
      const registries = [`r=${pathToFileURL(await published()).href}`];
      expect(told(await one.check({ ...ONLINE, registries }))).toEqual(["failed", finding]);
    },
  );

  it("are those of another pool where one is named, in the repository or not", async () => {
    const one = openRepository(temporaryFolder(), source);
    const other = openRepository(temporaryFolder(), SOUND);
    expect(told(await one.check({ pool: join(other.root, ".ouverture") }))).toEqual(["verified"]);
    expect(told(await other.check({ pool: "elsewhere" }))).toEqual(["failed", "missing a.py:1"]);
  });

  it("are too large over the limit of the configuration", async () => {
    const config = "verify: { limits: { object_bytes: 100 } }\n";
    const one = openRepository(temporaryFolder(), { ...SOUND, ".ouverture/config.yaml": config });
    expect(told(await one.check())).toEqual(["failed", "limit-exceeded a.py:1"]);
  });

  it("are told in full where they are abbreviated", async () => {
    const text = `from ouverture.pool import object_${mean.object.hash.slice(0, 8)}\n`;
    const one = openRepository(temporaryFolder(), { ...SOUND, "b.py": text });
    const { findings } = await one.check();
    expect(findings.map(({ data }) => data)).toEqual([
      { name: `object_${mean.object.hash.slice(0, 8)}`, full: mean.object.hash },
    ]);
  });
});

describe("a registry that fails or lies", () => {
  const objectPath = `/${objectOf(mean).replace(".ouverture/", "")}`;
  const large = Buffer.alloc(2 << 20, 0x20);

  /** A server with all functions that does something else with the object of `mean`. */
  async function serverWith(behaviour: Behaviour): Promise<string> {
    const good = serveFolder(await published());
    const server = await startServer((request: IncomingMessage, response) => {
      (request.url === objectPath ? behaviour : good)(request, response);
    });
    return server.url;
  }

  const cases: Readonly<Record<string, [Behaviour, string]>> = {
    "other bytes": [answer(200, "{}"), "malformed-object"],
    "another function": [
      answer(200, poolFiles(spread)[objectOf(spread)] ?? ""),
      "malformed-object",
    ],
    "a page of text": [answer(200, "<!doctype html><script>x</script>"), "malformed-object"],
    "a body that never ends": [flood(large), "limit-exceeded"],
    "a body that comes too slowly": [drip(Array(1000).fill("{"), 50), "unreachable"],
    "no answer": [hang, "unreachable"],
    "a connection that ends": [reset, "unreachable"],
    "less than it said": [truncate(poolFiles(mean)[objectOf(mean)] ?? ""), "unreachable"],
    "a gzip bomb": [
      answer(200, gzipSync(Buffer.alloc(64 << 20)), { "content-encoding": "gzip" }),
      "limit-exceeded",
    ],
    "a redirect in a circle": [redirect(objectPath), "unreachable"],
    "a redirect to a file": [redirect("file:///etc/passwd"), "unreachable"],
    "status 500": [answer(500), "unreachable"],
    "nothing there": [answer(404), "missing"],
  };

  it.each(Object.entries(cases))("is found out: %s", async (_, [behaviour, code]) => {
    const one = openRepository(temporaryFolder(), source);
    const registries = [`r=${await serverWith(behaviour)}`];
    const report = await one.check({ ...ONLINE, timeout: 500, registries });
    expect(report.outcome).toBe(code === "unreachable" ? "unchecked" : "failed");
    expect(report.findings[0]?.code).toBe(code);
    // Nothing of it is kept; of what imports it neither, which would be a gap.
    expect(await openDirectoryPool(userPool(one)).get(mean.object.hash)).toBeUndefined();
    expect(await openDirectoryPool(userPool(one)).get(spread.object.hash)).toBeUndefined();
  });

  it.each(Object.entries(cases))(
    "is told, where another one serves: %s",
    async (_, [behaviour, code]) => {
      const one = openRepository(temporaryFolder(), source);
      const registries = [
        `bad=${await serverWith(behaviour)}`,
        `good=${pathToFileURL(await published()).href}`,
      ];
      const report = await one.check({ ...ONLINE, timeout: 500, registries });
      const [first] = report.findings;
      expect(report.outcome).toBe("verified");
      if (code === "missing") expect(first).toBeUndefined();
      else expect(first).toMatchObject({ code: "registry-fault", data: { store: "bad" } });
    },
  );

  it("may not give other bytes to a second request", async () => {
    const one = openRepository(temporaryFolder(), source);
    let count = 0;
    const good = answer(200, poolFiles(mean)[objectOf(mean)] ?? "");
    const url = await serverWith((request, response) => {
      count += 1;
      (count === 1 ? good : answer(200, "{}"))(request, response);
    });
    expect(told(await one.check({ ...ONLINE, registries: [`r=${url}`] }))).toEqual(["verified"]);
    expect(count).toBe(1);
    // It is in the user's pool by now, as it was checked.
    expect(told(await one.check({ ...ONLINE, registries: [`r=${url}`] }))).toEqual(["verified"]);
    expect(count).toBe(1);
  });

  it("has no say of names that are not sound", async () => {
    const folder = await published();
    const mapping = Object.keys(poolFiles(mean)).find((path) => path.includes("/fra/")) ?? "";
    writeFileSync(join(folder, mapping.replace(".ouverture/", "")), '{"x": 1}');
    const one = openRepository(temporaryFolder(), source);
    const registries = [`r=${pathToFileURL(folder).href}`];
    const report = await one.check({ ...ONLINE, registries });
    expect(report.findings.map(({ code }) => code)).toEqual(["invalid-mapping"]);
    const kept = await openDirectoryPool(userPool(one)).listMappings(mean.object.hash);
    expect(kept.map(({ language }) => language)).not.toContain("fra");
  });

  it("is let go of when the check is ended", async () => {
    const one = openRepository(temporaryFolder(), source);
    const url = await serverWith(hang);
    const controller = new AbortController();
    const checking = one.check({
      ...ONLINE,
      timeout: 600_000,
      registries: [`r=${url}`],
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error("enough")), 300);
    await expect(checking).rejects.toThrow("enough");
    await expect(one.check({ signal: controller.signal })).rejects.toThrow("enough");
  });

  it("lets what cannot be fetched pass only where that is asked for", async () => {
    const one = openRepository(temporaryFolder(), source);
    const report = await one.check({ allowUnfetched: true });
    expect(report.outcome).toBe("verified");
    expect(report.findings.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(report.coverage.verified).toBe(0);
    expect(report.notices.map(({ code }) => code)).toContain("unfetched");
  });

  it("does not keep what cannot be written, and says so", async () => {
    const one = openRepository(temporaryFolder(), source);
    mkdirSync(join(one.home, ".local"), { recursive: true });
    writeFileSync(join(one.home, ".local/ouverture"), "");
    const registries = [`r=${pathToFileURL(await published()).href}`];
    const report = await one.check({ ...ONLINE, registries });
    expect(report.outcome).toBe("verified");
    expect(report.findings.map(({ code }) => code)).toContain("registry-fault");
  });
});

describe("a token", () => {
  it("is sent where the user's own settings send it, and nowhere else", async () => {
    const folder = await published();
    const server = await startServer(serveFolder(folder));
    const config = `registries: [{ name: team, url: '${server.url}', token_env: SECRET }]\n`;
    const one = openRepository(temporaryFolder(), { ...source, ".ouverture/config.yaml": config });
    const environment = { HOME: one.home, USERPROFILE: one.home, SECRET: "s3cret" };
    const report = await one.check({ ...ONLINE, environment });
    expect(told(report)).toEqual(["verified"]);
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(report.notices).toEqual([
      {
        code: "configuration",
        data: { message: expect.stringContaining("OUVERTURE_TOKEN_HOSTS") },
      },
    ]);
    const other = openRepository(temporaryFolder(), {
      ...source,
      ".ouverture/config.yaml": config,
    });
    const trusted = {
      ...environment,
      HOME: other.home,
      OUVERTURE_TOKEN_HOSTS: new URL(server.url).host,
    };
    await other.check({ ...ONLINE, environment: trusted });
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer s3cret");
  });
});

describe("a function that does what it may not", () => {
  const evil = recordOf({ eng: "def run(text):\n    return eval(text)" });
  const caller = recordOf({
    eng: `from ouverture.pool import object_${evil.object.hash} as run\n\ndef twice(text):\n    return run(text), run(text)`,
  });
  const files = {
    ...poolFiles(evil, caller),
    "a.py": `from ouverture.pool import object_${caller.object.hash} as f\n`,
  };
  const exemption = (expires: string): string =>
    `verify:\n  exemptions:\n    - hash: ${evil.object.hash}\n      effects: [eval]\n      reason: it is for tests\n      expires: ${expires}\n`;

  it.each<[string, Record<string, string>, object, string[]]>([
    ["by default", {}, {}, ["failed", "forbidden-effect a.py:1"]],
    ["allowed by the caller", {}, { policy: ["eval=allow"] }, ["verified"]],
    [
      "allowed",
      { ".ouverture/config.yaml": "verify: { effects: { eval: allow } }" },
      {},
      ["verified"],
    ],
    [
      "allowed, and denied by the caller",
      { ".ouverture/config.yaml": "verify: { effects: { eval: allow } }" },
      { policy: ["eval=deny"] },
      ["failed", "forbidden-effect a.py:1"],
    ],
    ["exempt", { ".ouverture/config.yaml": exemption("2026-06-15") }, {}, ["verified"]],
    [
      "exempt in a pyproject.toml",
      {
        "pyproject.toml": `[[tool.ouverture.verify.exemptions]]\nhash = "${evil.object.hash}"\neffects = ["eval"]\nreason = "r"\nexpires = 2026-06-15\n`,
      },
      {},
      ["verified"],
    ],
    [
      "exempt until yesterday",
      { ".ouverture/config.yaml": exemption("2026-06-14") },
      {},
      ["failed", "expired-exemption .ouverture/config.yaml:3", "forbidden-effect a.py:1"],
    ],
    [
      "exempt, and not needed",
      { ".ouverture/config.yaml": exemption("2026-06-15").replace("[eval]", "[process]") },
      {},
      ["failed", "forbidden-effect a.py:1", "unused-exemption .ouverture/config.yaml:3"],
    ],
  ])("is told: %s", async (_, more, options, expected) => {
    const one = openRepository(temporaryFolder(), { ...files, ...more });
    expect(told(await one.check(options))).toEqual(expected);
  });

  it("is told as the user's own settings say, where the repository says nothing", async () => {
    const one = openRepository(temporaryFolder(), files);
    mkdirSync(join(one.home, ".ouverture"));
    writeFileSync(
      join(one.home, ".ouverture/config.yaml"),
      "verify: { effects: { eval: allow, network: deny }, exclude: [b.py] }",
    );
    expect(told(await one.check())).toEqual(["verified"]);
    const environment = { HOME: one.home, USERPROFILE: one.home, OUVERTURE_POLICY: "eval=deny" };
    expect(told(await one.check({ environment }))[0]).toBe("failed");
    one.write({ ".ouverture/config.yaml": "verify: { effects: { eval: deny } }" });
    expect(told(await one.check())[0]).toBe("failed");
  });
});
