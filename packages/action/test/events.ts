/** Each kind of event with the real repository that it is about, as GitHub would have both. */
import {
  checkOut,
  type Files,
  git,
  type Hosted,
  hostMarket,
  importOf,
  objectFileOf,
} from "./repositories.js";
import type { Step } from "./runner.js";

/** What a case is made of: the step, and what is told of it beside its golden files. */
export interface EventCase {
  readonly name: string;
  readonly step: () => Omit<Step, "node">;
}

const own = { full_name: "ouverture/market" };
const fork = { full_name: "eve/market" };

/** The text of a function, changed, so that it is not what its hash says. */
export const FORGED: Files = {
  [objectFileOf("clamp")]: "{}\n",
};

/** A pull request of `files`: what GitHub would check out, and the payload. */
export function pullRequest(
  files: Files,
  options: { readonly isFork?: boolean; readonly depth?: number; readonly main?: Files } = {},
): Omit<Step, "node" | "inputs"> & { readonly hosted: Hosted; readonly base: string } {
  const hosted = hostMarket(options.main);
  const base = git(hosted.work, ["rev-parse", "main"]);
  const head = hosted.commit("feature", files, "main");
  const merged = hosted.merge("main", "feature", "refs/pull/7/merge");
  return {
    hosted,
    base,
    workspace: checkOut(hosted.url, merged, options.depth),
    event: "pull_request",
    sha: merged,
    payload: {
      action: "synchronize",
      number: 7,
      repository: own,
      pull_request: {
        number: 7,
        base: { ref: "main", sha: base, repo: own },
        head: { ref: "feature", sha: head, repo: options.isFork === true ? fork : own },
      },
    },
  };
}

const BILL = { "shop/total.py": importOf("invoice_total") };
const CLAMPED = { "shop/clamped.py": importOf("clamp") };

export const EVENTS: readonly EventCase[] = [
  { name: "pull-request", step: () => pullRequest(BILL) },
  {
    name: "pull-request-changed",
    step: () => ({ ...pullRequest(BILL), inputs: { mode: "changed" } }),
  },
  {
    name: "pull-request-forged",
    step: () => pullRequest({ ...CLAMPED, ...FORGED }),
  },
  {
    name: "pull-request-fork",
    step: () => pullRequest({ ...CLAMPED, ...FORGED }, { isFork: true }),
  },
  {
    name: "pull-request-settings",
    step: () =>
      pullRequest({
        ...BILL,
        ".ouverture/config.yaml":
          "verify:\n  effects: { eval: allow }\nregistries:\n  - { name: eve, url: https://127.0.0.1:9/ }\n",
      }),
  },
  {
    name: "merge-group",
    step: () => {
      const { hosted, base } = pullRequest(BILL);
      const other = hosted.commit("other", CLAMPED, "main");
      const queued = hosted.merge("main", "feature", "refs/heads/gh-readonly-queue/main/pr-7");
      const head = hosted.merge(queued, "other", "refs/heads/gh-readonly-queue/main/pr-8");
      return {
        workspace: checkOut(hosted.url, head),
        event: "merge_group",
        sha: head,
        inputs: { mode: "changed" },
        payload: {
          action: "checks_requested",
          merge_group: { base_sha: base, head_sha: head },
          other,
        },
      };
    },
  },
  {
    name: "push",
    step: () => {
      const hosted = hostMarket();
      const before = git(hosted.work, ["rev-parse", "main"]);
      const after = hosted.commit("main", BILL);
      return {
        workspace: checkOut(hosted.url, after),
        event: "push",
        sha: after,
        inputs: { mode: "changed" },
        payload: { ref: "refs/heads/main", before, after, forced: false },
      };
    },
  },
  {
    name: "push-first",
    step: () => {
      const hosted = hostMarket();
      const after = git(hosted.work, ["rev-parse", "main"]);
      return {
        workspace: checkOut(hosted.url, after),
        event: "push",
        sha: after,
        inputs: { mode: "changed" },
        payload: { ref: "refs/heads/main", before: "0".repeat(40), after, created: true },
      };
    },
  },
  {
    name: "push-forced",
    step: () => {
      const hosted = hostMarket();
      const after = git(hosted.work, ["rev-parse", "main"]);
      return {
        workspace: checkOut(hosted.url, after),
        event: "push",
        sha: after,
        inputs: { mode: "changed" },
        payload: { ref: "refs/heads/main", before: "a".repeat(40), after, forced: true },
      };
    },
  },
  ...["schedule", "workflow_dispatch"].map((event) => ({
    name: event.replace("_", "-"),
    step: () => {
      const hosted = hostMarket(CLAMPED);
      const sha = git(hosted.work, ["rev-parse", "main"]);
      return { workspace: checkOut(hosted.url, sha), event, sha };
    },
  })),
  {
    name: "pull-request-target",
    step: () => {
      const { base, ...step } = pullRequest({ ...CLAMPED, ...FORGED }, { isFork: true });
      return { ...step, event: "pull_request_target", sha: base };
    },
  },
  {
    name: "workflow-run",
    step: () => {
      const { base, ...step } = pullRequest(BILL, { isFork: true });
      const payload = {
        action: "completed",
        repository: own,
        workflow_run: { head_sha: step.sha, head_repository: fork, pull_requests: [] },
      };
      return { ...step, event: "workflow_run", sha: base, payload };
    },
  },
  {
    name: "submodule",
    step: () => {
      const inner = hostMarket(CLAMPED);
      const sha = git(inner.work, ["rev-parse", "main"]);
      const outer = hostMarket({ ".ouverture": null, "shop/bill.py": "x = 1\n" });
      git(outer.work, [
        ...["-c", "protocol.file.allow=always"],
        ...["submodule", "--quiet", "add", inner.url, "libs/market"],
      ]);
      const after = outer.commit("main", {});
      const workspace = checkOut(outer.url, after);
      git(workspace, [
        ...["-c", "protocol.file.allow=always", "-c", `submodule.libs/market.url=${inner.url}`],
        ...["submodule", "--quiet", "update", "--init", "--depth=1"],
      ]);
      return { workspace, event: "push", sha, inputs: { "working-directory": "libs/market" } };
    },
  },
];
