import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkNode } from "../../src/doctor/check-programs.js";
import { copyOfMarket, isolated, ouverture, temporaryFolder } from "../command.js";

interface Check {
  what: string;
  state: string;
  found: string;
  todo: string | null;
}

async function doctor(directory: string, environment: Record<string, string>) {
  const { status, stdout } = await ouverture(directory, ["doctor", "--json"], { environment });
  const checks: Check[] = JSON.parse(stdout).checks;
  return { status, of: (what: string) => checks.find((check) => check.what === what), checks };
}

/** A home with a configuration. */
function configured(yaml: string): Record<string, string> {
  const environment = isolated();
  mkdirSync(join(environment.HOME ?? "", ".ouverture"));
  writeFileSync(join(environment.HOME ?? "", ".ouverture", "config.yaml"), yaml);
  return environment;
}

/** The port of a web server that answers everything with this status. */
async function serve(status: number): Promise<number> {
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}

const ME = "user: { username: ada, email: ada@example.com, languages: [eng] }\n";

describe("ouverture doctor", () => {
  it("finds nothing where all is well", async () => {
    const environment = configured(ME);
    const root = copyOfMarket();
    await ouverture(root, ["init"], { environment });
    const { status, of, checks } = await doctor(root, environment);
    expect({ status, bad: checks.filter(({ state }) => state === "bad") }).toEqual({
      status: 0,
      bad: [],
    });
    expect(of("Node")?.found).toBe(process.versions.node);
    expect(of("git")?.state).toBe("good");
    expect(of("you")).toMatchObject({ state: "good", found: "ada <ada@example.com> eng" });
    expect(of("the repository's pool")).toMatchObject({ state: "good" });
    expect(of("your pool")?.state).toBe("good");
    expect(of("the search index")).toMatchObject({ state: "good", found: "has 11 functions" });
  });

  it("shows a mark, what to do, and a summary", async () => {
    const { stdout, status } = await ouverture(temporaryFolder(), ["doctor"], {
      isTerminal: true,
      width: 60,
      environment: { NO_COLOR: "1" },
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^✓ Node {15}\d/m);
    expect(stdout).toMatch(
      /^! you {16}username, email, language not set\n {21}'ouverture init' asks/m,
    );
    expect(stdout).toMatch(/\n\n\d warnings\n$/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  });

  it("says what is wrong with the configuration, and goes on with what it can", async () => {
    const { status, of } = await doctor(temporaryFolder(), configured("registries: 1\n"));
    expect(status).toBe(1);
    expect(of("the configuration")).toMatchObject({ state: "bad" });
    expect(of("the configuration")?.found).toMatch(
      /config\.yaml, line 1: registries has to be a list/,
    );
    expect(of("Node")?.state).toBe("good");
  });

  it("asks the registries", async () => {
    const [port, forbidden] = [await serve(404), await serve(403)];
    const folder = temporaryFolder();
    const { status, of } = await doctor(
      temporaryFolder(),
      configured(`${ME}registries:
  - { name: web, url: "http://127.0.0.1:${port}/" }
  - { name: folder, url: "${pathToFileURL(folder).href}" }
  - { name: later, url: "${pathToFileURL(join(folder, "later")).href}" }
  - { name: closed, url: "http://127.0.0.1:${forbidden}/" }
`),
    );
    expect(of("registry web")).toMatchObject({ state: "good" });
    expect(of("registry folder")).toMatchObject({ state: "good" });
    expect(of("registry later")).toMatchObject({ state: "warning" });
    expect(of("registry closed")?.state).toBe("bad");
    expect(status).toBe(1);
  });

  it("tells a hook that is missing, and one that does not verify", async () => {
    const root = copyOfMarket();
    const environment = isolated();
    execFileSync("git", ["init", "-q"], { cwd: root, env: environment });
    const hook = async () => (await doctor(root, environment)).of("the hook");
    expect(await hook()).toMatchObject({ state: "warning", found: "is not there" });
    mkdirSync(join(root, ".git", "hooks"), { recursive: true });
    writeFileSync(join(root, ".git", "hooks", "pre-commit"), "#!/bin/sh\nmake\n");
    expect(await hook()).toMatchObject({
      state: "warning",
      todo: "'ouverture init --repo' shows what to add.",
    });
    writeFileSync(join(root, ".git", "hooks", "pre-commit"), "#!/bin/sh\nouverture verify\n");
    expect(await hook()).toMatchObject({ state: "good" });
    writeFileSync(join(root, ".gitignore"), ".ouverture\n");
    const { checks } = await doctor(root, environment);
    expect(checks).toContainEqual(expect.objectContaining({ found: "is ignored by git" }));
  });

  it("does without git and Python, and says so", async () => {
    const { status, of } = await doctor(temporaryFolder(), {
      ...isolated(),
      PATH: temporaryFolder(),
    });
    expect(status).toBe(0);
    expect(of("git")).toMatchObject({ state: "warning", found: "is not there" });
    expect(of("Python")).toMatchObject({ state: "warning", found: "is not there" });
  });

  it.skipIf(process.platform === "win32")("knows programs that are too old", async () => {
    const bin = temporaryFolder();
    for (const [name, version] of [
      ["git", "git version 2.11.0"],
      ["python3", "Python 2.7.18"],
    ] as const) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho ${version}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const PATH = `${bin}${delimiter}${process.env.PATH}`;
    const { of } = await doctor(temporaryFolder(), { ...isolated(), PATH });
    expect(of("git")).toMatchObject({ state: "warning", found: "2.11.0 is old" });
    expect(of("Python")).toMatchObject({ state: "warning", found: "2.7.18 is too old" });
  });

  it.each([
    ["20.18.3", "bad"],
    ["18.20.0", "bad"],
    ["20.19.0", "good"],
    ["22.1.0", "good"],
  ])("judges Node %s as %s", (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });

  it("finds what stands in the place of a pool", async () => {
    const file = join(temporaryFolder(), "pool");
    writeFileSync(file, "");
    const { status, of } = await doctor(temporaryFolder(), {
      ...isolated(),
      OUVERTURE_DIRECTORY: file,
    });
    expect(status).toBe(1);
    expect(of("your pool")).toMatchObject({ state: "bad", found: `${file} is no folder` });
  });
});
