/** The comment on the pull request, through the bundle and with a GitHub on this machine. */
import { describe, expect, it } from "vitest";
import { FORGED, pullRequest } from "./events.js";
import {
  BOT,
  type Comment,
  CREATE,
  FORBIDDEN,
  type GithubOptions,
  LIST,
  startGithub,
} from "./github.js";
import { importOf } from "./repositories.js";
import { runStep } from "./runner.js";

const GOOD = { "shop/total.py": importOf("invoice_total") };
const BAD = { "shop/clamped.py": importOf("clamp"), ...FORGED };

/** Runs the step for a pull request, and gives what GitHub has afterwards. */
async function comment(
  files: typeof GOOD | typeof BAD,
  inputs: Readonly<Record<string, string>>,
  options: GithubOptions = {},
  isFork = false,
) {
  const github = await startGithub(options);
  const { hosted: _, base: __, ...step } = pullRequest(files, { isFork });
  const result = await runStep({ ...step, inputs, environment: { GITHUB_API_URL: github.url } });
  return { github, result };
}

function noticesOf({
  commands,
}: {
  commands: readonly { name: string; data: string }[];
}): string[] {
  return commands
    .filter(({ name, data }) => name === "notice" && data.includes("comment"))
    .map(({ data }) => data);
}

function note(id: number, body: string, user: Comment["user"] = BOT): Comment {
  return { id, body, user };
}

/** How the comment of this use begins. */
async function markerOf(): Promise<string> {
  const { github } = await comment(GOOD, { comment: "always" });
  return github.comments[0]?.body.split("\n")[0] ?? "";
}

describe("the comment", () => {
  it("is not written where nobody asks for it", async () => {
    const { github } = await comment(BAD, {});
    expect(github.requests).toEqual([]);
  });

  it.each([
    ["always", GOOD, 1],
    ["always", BAD, 1],
    ["on-failure", GOOD, 0],
    ["on-failure", BAD, 1],
  ] as const)("of %s is written as that says %#", async (mode, files, count) => {
    const { github, result } = await comment(files, { comment: mode });
    expect(github.comments).toHaveLength(count);
    expect(result.status).toBe(files === BAD ? 1 : 0);
    if (files === BAD) expect(github.comments[0]?.body).toContain("not verified");
  });

  it("is found again, on whichever page, and updated, also when all is well again", async () => {
    const marker = await markerOf();
    const others = Array.from({ length: 230 }, (_, at) => note(at + 1, `Comment ${at}`));
    const comments = [...others, note(900, `${marker}\n## old`), ...others];
    const { github } = await comment(GOOD, { comment: "on-failure" }, { comments });
    expect(github.requests.filter((one) => one === LIST)).toHaveLength(5);
    expect(github.requests).not.toContain(CREATE);
    const [found] = github.comments.filter(({ id }) => id === 900);
    expect(found?.body).toMatch(/^<!-- .* -->\n[\s\S]*verified/);
    expect(found?.body).not.toContain("## old");
  });

  it("is not sent again where it says the same", async () => {
    const first = await comment(BAD, { comment: "always" });
    const { github } = await comment(
      BAD,
      { comment: "always" },
      { comments: first.github.comments },
    );
    expect(github.requests).toEqual([LIST]);
  });

  it("is never one of somebody else, who could change it afterwards", async () => {
    const marker = await markerOf();
    const comments = [
      note(1, `${marker}\n✅`, { login: "eve", type: "User" }),
      note(2, `${marker}\n✅`, null),
    ];
    const { github } = await comment(BAD, { comment: "always" }, { comments });
    expect(github.comments.map(({ body }) => body.includes("✅"))).toEqual([true, true, false]);
    expect(github.comments[2]?.user).toEqual(BOT);
  });

  it("is found by who wrote it, where the token is a person's", async () => {
    const marker = await markerOf();
    const author = { login: "ana", type: "User" } as const;
    const comments = [
      note(1, `${marker}\nold`, { login: "eve", type: "User" }),
      note(2, `${marker}\nold`, author),
    ];
    const { github } = await comment(
      GOOD,
      { comment: "always", token: "ghp_1" },
      { comments, author },
    );
    expect(github.comments.map(({ body }) => body.includes("old"))).toEqual([true, false]);
  });

  it("of another job or folder is another one", async () => {
    const github = await startGithub();
    const { hosted: _, base: __, ...step } = pullRequest(GOOD);
    const runs = [
      { environment: { GITHUB_JOB: "a" }, inputs: {} },
      { environment: { GITHUB_JOB: "b --><b>" }, inputs: {} },
      { environment: { GITHUB_JOB: "a" }, inputs: { "working-directory": "shop" } },
      { environment: { GITHUB_JOB: "a" }, inputs: {} },
    ];
    for (const { environment, inputs } of runs) {
      await runStep({
        ...step,
        inputs: { comment: "always", ...inputs },
        environment: { GITHUB_API_URL: github.url, ...environment },
      });
    }
    expect(github.comments).toHaveLength(3);
    for (const { body } of github.comments) expect(body).toMatch(/^<!-- [\w%./~ -]+ -->\n/);
  });

  it.each([
    [503, {}],
    [502, {}],
    [429, { "retry-after": "0" }],
    [403, { "retry-after": "0" }],
    [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0" }],
  ])("is tried again after %d %j", async (status, headers) => {
    const refuse = (count: number) => (count < 3 ? { status, message: "busy", headers } : null);
    const { github, result } = await comment(BAD, { comment: "always" }, { refuse });
    expect(github.comments).toHaveLength(1);
    expect(noticesOf(result)).toEqual([]);
  });

  it("is not written twice where the answer to the first was lost", async () => {
    let posted = 0;
    const refuse = (_: number, request: string) => {
      if (request !== LIST || posted > 0) return null;
      posted += 1;
      return { status: 500, message: "lost" };
    };
    const { github } = await comment(BAD, { comment: "always" }, { refuse });
    expect(github.comments).toHaveLength(1);
  });

  it.each([
    [BAD, 1],
    [GOOD, 0],
  ])("that the token may not write is a notice, and the result stays %#", async (files, status) => {
    const refuse = (_: number, request: string) => (request === CREATE ? FORBIDDEN : null);
    const { github, result } = await comment(files, { comment: "always" }, { refuse });
    expect(github.requests).toEqual([LIST, CREATE]);
    expect(noticesOf(result)).toEqual([expect.stringContaining("'pull-requests: write'")]);
    expect(result.status).toBe(status);
  });

  it("of a fork that may not be written is a notice that says so", async () => {
    const refuse = () => FORBIDDEN;
    const { result } = await comment(BAD, { comment: "always" }, { refuse }, true);
    expect(noticesOf(result)).toEqual([expect.stringContaining("for a fork may only read")]);
  });

  it.each([
    [{ status: 500, message: "::error::x\n##[error]y" }, /GitHub answered 500/],
    [{ status: 401, message: "Bad credentials" }, /GitHub answered 401 \(Bad credentials\)/],
  ])("that GitHub refuses is a notice %#", async (refusal, sentence) => {
    const { result } = await comment(GOOD, { comment: "always" }, { refuse: () => refusal });
    expect(noticesOf(result)).toEqual([expect.stringMatching(sentence)]);
    expect(result.commands.filter(({ name }) => name === "error")).toEqual([]);
    expect(result.status).toBe(0);
  });

  it("has no pull request to be on in a push", async () => {
    const github = await startGithub();
    const { hosted: _, base: __, ...step } = pullRequest(GOOD);
    const environment = { GITHUB_API_URL: github.url };
    const inputs = { comment: "always" };
    const { status } = await runStep({ ...step, event: "push", payload: {}, inputs, environment });
    expect({ status, requests: github.requests }).toEqual({ status: 0, requests: [] });
  });
});
