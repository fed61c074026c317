/** What each event says: the base, the commit that is trusted, and whether secrets may be used. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOccasion } from "../src/occasion.js";
import { temporaryFolder } from "./runner.js";

const [own, base, before] = ["1", "2", "3"].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
const zero = "0".repeat(40);

function read(event: string, payload: unknown, sha = own) {
  const path = join(temporaryFolder(), "event.json");
  writeFileSync(path, typeof payload === "string" ? payload : JSON.stringify(payload));
  return readOccasion({ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, GITHUB_SHA: sha });
}

const repository = { full_name: "ouverture/market" };
const pullRequest = (head: unknown) => ({
  number: 7,
  pull_request: {
    number: 7,
    base: { sha: base, repo: repository },
    head: { sha: own, repo: head },
  },
});
const run = (pull_requests: unknown, head_repository: unknown) => ({
  repository,
  workflow_run: { head_sha: before, pull_requests, head_repository },
});

describe("an event", () => {
  it.each([
    [
      "pull_request",
      pullRequest(repository),
      { base, trustedCommit: base, mayUseCredentials: true, pullRequest: 7, isFork: false },
    ],
    [
      "pull_request",
      pullRequest({ full_name: "eve/market" }),
      { base, trustedCommit: base, mayUseCredentials: true, pullRequest: 7, isFork: true },
    ],
    [
      "pull_request",
      pullRequest(null),
      { base, trustedCommit: base, mayUseCredentials: true, pullRequest: 7, isFork: true },
    ],
    [
      "pull_request_review",
      pullRequest(repository),
      { base, trustedCommit: base, mayUseCredentials: true, pullRequest: 7, isFork: false },
    ],
    [
      "pull_request_target",
      pullRequest({ full_name: "eve/market" }),
      { base, trustedCommit: base, mayUseCredentials: false, pullRequest: 7, isFork: true },
    ],
    [
      "merge_group",
      { merge_group: { base_sha: base, head_sha: own } },
      { base, trustedCommit: base, mayUseCredentials: true, pullRequest: null, isFork: false },
    ],
    [
      "push",
      { before, after: own },
      {
        base: before,
        trustedCommit: null,
        mayUseCredentials: true,
        pullRequest: null,
        isFork: false,
      },
    ],
    [
      "push",
      { before: zero, after: own, created: true },
      {
        base: null,
        trustedCommit: null,
        mayUseCredentials: true,
        pullRequest: null,
        isFork: false,
      },
    ],
    [
      "schedule",
      { schedule: "17 3 * * *" },
      {
        base: null,
        trustedCommit: null,
        mayUseCredentials: true,
        pullRequest: null,
        isFork: false,
      },
    ],
    [
      "workflow_dispatch",
      { inputs: {} },
      {
        base: null,
        trustedCommit: null,
        mayUseCredentials: true,
        pullRequest: null,
        isFork: false,
      },
    ],
    [
      "workflow_run",
      run([{ number: 7, base: { sha: base } }], repository),
      { base, trustedCommit: own, mayUseCredentials: false, pullRequest: 7, isFork: false },
    ],
    [
      "workflow_run",
      run([], { full_name: "eve/market" }),
      { base: own, trustedCommit: own, mayUseCredentials: false, pullRequest: null, isFork: true },
    ],
    [
      "issue_comment",
      { comment: { body: "/verify" } },
      { base: own, trustedCommit: own, mayUseCredentials: false, pullRequest: null, isFork: false },
    ],
    [
      "an_event_of_the_future",
      {},
      { base: own, trustedCommit: own, mayUseCredentials: false, pullRequest: null, isFork: false },
    ],
    [
      "__proto__",
      {},
      { base: own, trustedCommit: own, mayUseCredentials: false, pullRequest: null, isFork: false },
    ],
  ])("%s %#", (event, payload, expected) => {
    expect(read(event, payload)).toEqual({ event, ...expected });
  });

  it.each([
    ["pull_request", {}, "names no commit in pull_request.base.sha"],
    [
      "pull_request_target",
      pullRequest(null).pull_request,
      "names no commit in pull_request.base.sha",
    ],
    [
      "pull_request",
      { pull_request: { base: { sha: "main" } } },
      "names no commit in pull_request.base.sha",
    ],
    [
      "pull_request",
      { pull_request: { base: { sha: zero } } },
      "names no commit in pull_request.base.sha",
    ],
    [
      "pull_request",
      { pull_request: { base: { sha: ["--x"] } } },
      "names no commit in pull_request.base.sha",
    ],
    ["merge_group", { merge_group: { base_sha: "-x" } }, "names no commit in merge_group.base_sha"],
    ["push", "{", "cannot be read"],
  ])("%s of %j ends the step", (event, payload, sentence) => {
    expect(() => read(event, payload)).toThrow(sentence);
  });

  it("that strangers can start needs the commit of the workflow", () => {
    expect(() => read("workflow_run", {}, "main")).toThrow("GITHUB_SHA");
    expect(() => read("issue_comment", {}, "")).toThrow("GITHUB_SHA");
  });

  it("has to be one", () => {
    expect(() => readOccasion({})).toThrow("GITHUB_EVENT_NAME");
  });
});
