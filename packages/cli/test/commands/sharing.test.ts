/** pull, publish, remote: functions between people, over real folders, sites and repositories. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isolated, temporaryFolder } from "../command.js";
import {
  MEAN,
  MEAN_HASH,
  MOYENNE,
  openFilledWorkplace,
  openWorkplace,
  type Workplace,
} from "./workplace.js";

/** Serves a folder on loopback, as any web server does. */
async function serve(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? "/", "http://localhost").pathname);
    if (existsSync(path)) response.end(readFileSync(path));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

function gitRepository(): string {
  const folder = temporaryFolder();
  execFileSync("git", ["init", "--quiet", "--bare", folder], { env: isolated() });
  return folder;
}

async function withRemote(place: Workplace, url: string): Promise<Workplace> {
  const { status, stderr } = await place.run(["remote", "add", "team", url]);
  if (status !== 0) throw new Error(stderr);
  return place;
}

describe("functions between two people", () => {
  const kinds: readonly [string, () => { published: string; pulled: () => Promise<string> }][] = [
    [
      "a folder",
      () => {
        const folder = temporaryFolder();
        return { published: `file://${folder}`, pulled: async () => `file://${folder}` };
      },
    ],
    [
      "a folder that is served as a site",
      () => {
        const folder = temporaryFolder();
        return { published: `file://${folder}`, pulled: () => serve(folder) };
      },
    ],
    [
      "a git repository",
      () => {
        const folder = gitRepository();
        return { published: `git+file://${folder}`, pulled: async () => `git+file://${folder}` };
      },
    ],
  ];
  it.each(kinds)("go through %s, with all that they import", async (_, open) => {
    const { published, pulled } = open();
    const ada = await withRemote(await openFilledWorkplace(), published);
    expect(await ada.run(["remote", "push", "team"])).toMatchObject({
      status: 0,
      stdout: "2 functions added to team\n",
    });
    const grace = await withRemote(openWorkplace(), await pulled());
    const [{ hash }] = (await ada.json(["search", "spread"])).hits;
    expect(await grace.run(["pull", hash, "--verify"])).toMatchObject({
      status: 0,
      stdout: "2 functions added to the user's pool\n",
    });
    expect(await grace.run(["validate"])).toMatchObject({
      stdout: "2 functions, 4 mappings: no errors\n",
    });
    expect(await grace.run(["get", `${MEAN_HASH}@fra`])).toMatchObject({ stdout: MOYENNE });
    rmSync(join(grace.home, ".local"), { recursive: true });
    expect(await grace.run(["remote", "pull", "team"])).toMatchObject({ status: 0 });
    expect((await grace.json(["log", "team"])).functions).toHaveLength(2);
  });

  it("are fetched when they are read, and kept", async () => {
    const folder = temporaryFolder();
    const ada = await withRemote(await openFilledWorkplace(), `file://${folder}`);
    await ada.run(["publish", "mean.py@eng"]);
    const grace = await withRemote(openWorkplace(), `file://${folder}`);
    expect(await grace.run(["get", `${MEAN_HASH}@eng`])).toMatchObject({ stdout: MEAN });
    rmSync(folder, { recursive: true });
    expect(await grace.run(["get", `${MEAN_HASH}@eng`])).toMatchObject({ stdout: MEAN });
  });

  it("are not believed", async () => {
    const folder = temporaryFolder();
    const ada = await withRemote(await openFilledWorkplace(), `file://${folder}`);
    await ada.run(["remote", "push", "team"]);
    const object = join(folder, "objects/sha256/c7", MEAN_HASH.slice(2), "object.json");
    writeFileSync(object, readFileSync(object, "utf8").replace("len(", "abs("));
    const grace = await withRemote(openWorkplace(), `file://${folder}`);
    const outcome = await grace.run(["pull", MEAN_HASH]);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/^refused: function c7c2b8d1b207\. /);
    expect(existsSync(join(grace.home, ".local/ouverture/objects/sha256/c7"))).toBe(false);
  });
});

describe("pull --all", () => {
  it("fills the pool of a repository with what its sources import", async () => {
    const folder = temporaryFolder();
    const ada = await withRemote(await openFilledWorkplace(), `file://${folder}`);
    await ada.run(["remote", "push", "team"]);
    const [{ hash }] = (await ada.json(["search", "spread"])).hits;
    const grace = await withRemote(openWorkplace(), `file://${folder}`);
    execFileSync("git", ["init", "--quiet", grace.folder], { env: isolated() });
    grace.write("app.py", `from ouverture.pool import object_${hash} as spread\n`);
    grace.write(".ouverture/config.yaml", "");
    expect(await grace.run(["verify", "--all", "--offline"])).toMatchObject({ status: 1 });
    expect(await grace.run(["pull", "--all"])).toMatchObject({
      status: 0,
      stdout: "2 functions added to the repository's pool\n",
    });
    expect(await grace.run(["verify", "--all", "--offline"])).toMatchObject({ status: 0 });
    expect(await grace.run(["pull", "--all", "--update"])).toMatchObject({
      stdout: "0 functions added to the repository's pool, 2 there already\n",
    });
  });
});

describe("remote", () => {
  it("keeps the settings, and lists the registries as they are asked", async () => {
    const place = openWorkplace();
    await place.run(["remote", "add", "second", "https://pool.example.com/", "--priority", "2"]);
    await place.run([
      "remote",
      "add",
      "first",
      "file:///srv/pool",
      "--priority",
      "1",
      "--read-only",
    ]);
    expect((await place.run(["remote", "list"])).stdout).toMatchSnapshot();
    expect(await place.run(["remote", "remove", "first"])).toMatchObject({ status: 0 });
    expect((await place.json(["remote", "list"])).registries).toMatchObject([{ name: "second" }]);
  });

  it.each<[args: string[], status: number, stderr: RegExp]>([
    [["remote", "add", "x", "ftp://host/"], 2, /of no kind that is known here\. Use file:/],
    [["remote", "add", "x", "http://pool.example.com/"], 2, /https/],
    [["remote", "add", "x", "https://user:secret@pool.example.com/"], 2, /token/],
    [["remote", "add", "x"], 2, /missing required argument 'url'/],
    [["remote", "add", "x", "file:///srv", "--priority", "-1"], 2, /whole number|argument/],
    [["remote", "remove", "nobody"], 1, /no registry 'nobody'/],
    [["remote", "pull", "nobody"], 2, /no registry 'nobody'/],
    [["remote", "push", "nobody"], 2, /no registry 'nobody'/],
    [["remote", "add", "x", "file:///srv", "--repository"], 2, /init --repo/],
    [["log", "nobody"], 2, /no registry 'nobody'/],
    [["publish", "mean.py@eng"], 2, /no registry that can be written to/],
    [["publish", "mean.py@eng", "--to", "nobody"], 2, /no registry 'nobody'/],
    [["pull"], 2, /say --all/],
    [["pull", "--all", MEAN_HASH], 2, /say --all/],
    [["pull", "dead"], 1, /no function whose hash begins with 'dead'/],
    [["pull", "0".repeat(64)], 1, /refused: function 000000000000/],
  ])("%j is answered with what to do", async (args, status, message) => {
    const place = openWorkplace();
    place.write("mean.py", MEAN);
    const outcome = await place.run(args);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toContain("secret");
    expect(outcome.status).toBe(status);
    expect(existsSync(join(place.home, ".local/ouverture/objects"))).toBe(false);
  });
});
