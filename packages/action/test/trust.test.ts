/**
 * Whoever proposes a change does not say what is trusted, and gets no credential sent anywhere:
 * through the bundle, with registries on this machine that tell what they were asked.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serveGit, withPassword } from "../../pool/test/git/git-http-backend.js";
import { type FaultyServer, serveFolder, startServer } from "../../pool/test/http/faulty-server.js";
import { pullRequest } from "./events.js";
import { type Files, git, importOf, market, objectFileOf } from "./repositories.js";
import { runStep, type Step, temporaryFolder } from "./runner.js";

const SECRET = "secret-of-the-workflow";

/** Without the function `clamp` in its pool. */
function withoutClamp(configuration: string): Files {
  return {
    [objectFileOf("clamp").replace("/object.json", "")]: null,
    "shop/clamped.py": importOf("clamp"),
    ".ouverture/config.yaml": configuration,
  };
}

function registry(name: string, { url }: FaultyServer): string {
  return `  - { name: ${name}, url: "${url}", token_env: POOL_TOKEN }\n`;
}

function authorizations({ requests }: FaultyServer): (string | undefined)[] {
  return [...new Set(requests.map(({ headers }) => headers.authorization))];
}

/** A pull request of a fork that has functions come from Eve's registry, over one of ours. */
async function proposeRegistry() {
  const company = await startServer(serveFolder(join(market, ".ouverture")));
  const eve = await startServer(serveFolder(join(market, ".ouverture")));
  const base = `registries:\n${registry("company", company)}`;
  const step = pullRequest(
    { ".ouverture/config.yaml": `registries:\n${registry("eve", eve)}`, "shop/new.py": "x = 1\n" },
    { isFork: true, main: withoutClamp(base) },
  );
  const environment = {
    POOL_TOKEN: SECRET,
    OUVERTURE_TOKEN_HOSTS: [company, eve].map(({ url }) => new URL(url).host).join(","),
  };
  return { company, eve, step: { ...step, environment } };
}

/** The same files, and another event that it is run for. */
function asTarget({ base, ...step }: ReturnType<typeof pullRequest>): Step {
  return { ...step, event: "pull_request_target", sha: base };
}

function asWorkflowRun({ base, ...step }: ReturnType<typeof pullRequest>): Step {
  const payload = { repository: { full_name: "ouverture/market" }, workflow_run: {} };
  return { ...step, event: "workflow_run", sha: base, payload };
}

describe("the registries of a pull request", () => {
  it("are those of its base, and the change is shown", async () => {
    const { company, eve, step } = await proposeRegistry();
    const { status, commands, summary } = await runStep(step);
    expect(status).toBe(0);
    expect(authorizations(company)).toEqual([`Bearer ${SECRET}`]);
    expect(eve.requests).toEqual([]);
    const told = commands.map(({ name, data }) => `${name}: ${data}`).join("\n");
    expect(told).toMatch(/^warning: .*registries\[eve\]/m);
    expect(summary).toContain("registries");
  });

  it.each([
    ["pull_request_target", asTarget],
    ["workflow_run", asWorkflowRun],
  ])("of %s are those of its base, and get no token", async (_, as) => {
    const { company, eve, step } = await proposeRegistry();
    const { status, outputs } = await runStep({ ...as(step), environment: step.environment });
    expect({ status, outputs }).toMatchObject({ status: 0, outputs: { result: "verified" } });
    expect(authorizations(company)).toEqual([undefined]);
    expect(eve.requests).toEqual([]);
  });

  it("are those of the commit that is checked out where a member pushed it", async () => {
    const { company, eve, step } = await proposeRegistry();
    const { status } = await runStep({ ...step, event: "push", payload: {} });
    expect(status).toBe(0);
    expect(company.requests).toEqual([]);
    expect(authorizations(eve)).toEqual([`Bearer ${SECRET}`]);
  });
});

describe("the policy of a pull request", () => {
  const EXEMPT = "verify:\n  fail_on: error\n  allow_empty: true\n  exclude: ['**']\n";

  it("is that of its base", async () => {
    const forged = { [objectFileOf("clamp")]: "{}\n", "shop/clamped.py": importOf("clamp") };
    const step = pullRequest({ ...forged, ".ouverture/config.yaml": EXEMPT });
    const { status, outputs, commands } = await runStep(step);
    expect({ status, result: outputs.result }).toEqual({ status: 1, result: "failed" });
    const told = commands.map(({ data }) => data).join("\n");
    for (const key of ["verify.allow_empty", "verify.exclude"]) expect(told).toContain(key);
    const pushed = await runStep({ ...step, event: "push", payload: {} });
    expect(pushed.status).toBe(0);
  });

  it("is nobody's where the base is not to be had: nothing is checked", async () => {
    const { hosted, ...step } = pullRequest({ ".ouverture/config.yaml": EXEMPT });
    git(step.workspace, ["remote", "set-url", "origin", join(hosted.work, "gone")]);
    const { status, outputs, commands } = await runStep(step);
    expect({ status, result: outputs.result }).toEqual({ status: 2, result: "unchecked" });
    expect(commands).toEqual([
      expect.objectContaining({
        name: "error",
        data: expect.stringContaining("Nothing was checked"),
      }),
    ]);
  });
});

describe("git", () => {
  /** A registry of git that asks for a password, and a user's settings that have it. */
  async function askPassword() {
    const folder = temporaryFolder();
    const work = join(folder, "work");
    git(folder, ["init", "--quiet", "--bare", "--initial-branch=main", "pool.git"]);
    git(folder, ["clone", "--quiet", "pool.git", work]);
    mkdirSync(work, { recursive: true });
    const { cpSync } = await import("node:fs");
    cpSync(join(market, ".ouverture", "objects"), join(work, "objects"), { recursive: true });
    git(work, ["switch", "--quiet", "--orphan", "main"]);
    cpSync(join(market, ".ouverture", "objects"), join(work, "objects"), { recursive: true });
    git(work, ["add", "--all", "--force"]);
    git(work, ["commit", "--quiet", "--message", "Begin"]);
    git(work, ["push", "--quiet", "origin", "main"]);
    const server = await startServer(withPassword("ana", SECRET, serveGit(folder)));
    const url = new URL(server.url);
    const home = join(folder, "home");
    mkdirSync(home);
    writeFileSync(
      join(home, ".netrc"),
      `machine ${url.hostname}\nlogin ana\npassword ${SECRET}\n`,
      { mode: 0o600 },
    );
    const basic = Buffer.from(`ana:${SECRET}`).toString("base64");
    writeFileSync(
      join(home, ".gitconfig"),
      `[http]\n\textraHeader = Authorization: Basic ${basic}\n[credential]\n\thelper = "!f() { echo username=ana; echo password=${SECRET}; }; f"\n`,
    );
    const configuration = `registries:\n  - { name: company, url: "git+${server.url}pool.git" }\n`;
    const step = pullRequest(
      { "shop/new.py": "x = 1\n" },
      { isFork: true, main: withoutClamp(configuration) },
    );
    return { server, step: { ...step, environment: { HOME: home, USERPROFILE: home } } };
  }

  it("signs in as the user's settings say", async () => {
    const { server, step } = await askPassword();
    const { status } = await runStep(step);
    expect(status).toBe(0);
    expect(authorizations(server)).toContainEqual(expect.stringContaining("Basic"));
  });

  it.each([
    ["pull_request_target", asTarget],
    ["workflow_run", asWorkflowRun],
  ])("signs in nowhere for %s, and nothing is green", async (_, as) => {
    const { server, step } = await askPassword();
    const { status, outputs } = await runStep({ ...as(step), environment: step.environment });
    expect({ status, result: outputs.result }).toEqual({ status: 2, result: "unchecked" });
    expect(server.requests.length).toBeGreaterThan(0);
    expect(authorizations(server)).toEqual([undefined]);
  });
});

describe("the repository itself", () => {
  it("is fetched from with the token of the workflow, which goes nowhere else", async () => {
    const { hosted, ...step } = pullRequest({ "shop/total.py": importOf("invoice_total") });
    const folder = new URL(hosted.url).pathname.replace(/[^/]+$/, "");
    const server = await startServer((request, response) => {
      request.url = request.url?.replace("/ouverture/market", "/origin.git");
      withPassword("x-access-token", "ghs_ofTheWorkflow", serveGit(folder))(request, response);
    });
    const origin = server.url.replace(/\/$/, "");
    git(step.workspace, ["remote", "set-url", "origin", `${origin}/ouverture/market`]);
    // As a checkout that keeps its credentials leaves them: two headers would be refused.
    git(step.workspace, ["config", `http.${server.url}.extraheader`, "AUTHORIZATION: basic old"]);
    const { status, outputs } = await runStep({
      ...step,
      inputs: { mode: "changed" },
      environment: { GITHUB_SERVER_URL: origin },
    });
    expect({ status, result: outputs.result }).toEqual({ status: 0, result: "verified" });
    expect(authorizations(server)).toHaveLength(1);
  });
});
