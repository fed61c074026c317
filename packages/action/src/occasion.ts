/**
 * What the workflow runs for: which commit is compared with, whose configuration is trusted,
 * and whether a secret may be used. It is read off the event's payload (decisions/0035).
 */
import { readFileSync } from "node:fs";
import { quoteName } from "@ouverture/core";
import { InputError, type Variables } from "./inputs.js";

export interface Occasion {
  readonly event: string;
  /** What `mode: changed` compares with; `null` where the event says nothing of it. */
  readonly base: string | null;
  /** The commit whose trust settings hold; `null`: those of the files that are checked. */
  readonly trustedCommit: string | null;
  /** Whether a credential may be sent to a registry. */
  readonly mayUseCredentials: boolean;
  /** The number of the pull request, for the comment. */
  readonly pullRequest: number | null;
  /** Does what is checked come from a fork? Then the token may only read. */
  readonly isFork: boolean;
}

/** Reads the event. Throws an `InputError` where it does not say what has to be known. */
export function readOccasion(variables: Variables): Occasion {
  const event = variables.GITHUB_EVENT_NAME ?? "";
  if (event === "") {
    throw new InputError(
      "The variable GITHUB_EVENT_NAME is not set: run this as a step of a workflow.",
    );
  }
  return OCCASIONS[event]?.(new Payload(variables)) ?? ofOutsider(new Payload(variables));
}

/** Who may start a workflow of these events may write to the repository, but for pull requests. */
const OCCASIONS: Readonly<Record<string, ((payload: Payload) => Occasion) | undefined>> =
  Object.assign(Object.create(null), {
    pull_request: ofPullRequest,
    pull_request_review: ofPullRequest,
    pull_request_review_comment: ofPullRequest,
    pull_request_target: ofPullRequestTarget,
    workflow_run: ofWorkflowRun,
    merge_group: ofMergeGroup,
    push: ofPush,
    schedule: ofMember,
    workflow_dispatch: ofMember,
    repository_dispatch: ofMember,
    release: ofMember,
    create: ofMember,
    deployment: ofMember,
  });

/** A fork's run has no secrets, and a token that only reads: GitHub sees to that. */
function ofPullRequest(payload: Payload): Occasion {
  const base = payload.commit("pull_request", "base", "sha");
  return {
    event: payload.event,
    base,
    trustedCommit: base,
    mayUseCredentials: true,
    pullRequest: payload.number("pull_request", "number"),
    isFork: isFork(payload),
  };
}

/** It runs with the secrets of the base, over what the fork has written. */
function ofPullRequestTarget(payload: Payload): Occasion {
  return { ...ofPullRequest(payload), mayUseCredentials: false };
}

/** As above; what it runs for is known only where it is no fork. */
function ofWorkflowRun(payload: Payload): Occasion {
  const own = payload.ownCommit();
  return {
    event: payload.event,
    base: payload.commitOr(null, "workflow_run", "pull_requests", "0", "base", "sha") ?? own,
    trustedCommit: own,
    mayUseCredentials: false,
    pullRequest: payload.number("workflow_run", "pull_requests", "0", "number"),
    isFork:
      payload.text("workflow_run", "head_repository", "full_name") !==
      payload.text("repository", "full_name"),
  };
}

function ofMergeGroup(payload: Payload): Occasion {
  const base = payload.commit("merge_group", "base_sha");
  return { ...ofMember(payload), base, trustedCommit: base };
}

/** The first push of a branch has nothing before it. */
function ofPush(payload: Payload): Occasion {
  return { ...ofMember(payload), base: payload.commitOr(null, "before") };
}

function ofMember(payload: Payload): Occasion {
  return {
    event: payload.event,
    base: null,
    trustedCommit: null,
    mayUseCredentials: true,
    pullRequest: null,
    isFork: false,
  };
}

/** Anybody may have started it (`issue_comment`), and nobody knows what was checked out. */
function ofOutsider(payload: Payload): Occasion {
  const own = payload.ownCommit();
  return { ...ofMember(payload), base: own, trustedCommit: own, mayUseCredentials: false };
}

/** The repository of a fork that was deleted is `null`. */
function isFork(payload: Payload): boolean {
  const head = payload.text("pull_request", "head", "repo", "full_name");
  return head === null || head !== payload.text("pull_request", "base", "repo", "full_name");
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const NO_COMMIT = /^0+$/;

/** The payload of the event, of which GitHub writes the form, and anybody the texts. */
class Payload {
  readonly event: string;
  readonly #variables: Variables;
  readonly #content: unknown;

  constructor(variables: Variables) {
    this.event = variables.GITHUB_EVENT_NAME ?? "";
    this.#variables = variables;
    this.#content = readPayload(variables.GITHUB_EVENT_PATH ?? "");
  }

  /** The commit whose workflow is running. */
  ownCommit(): string {
    const sha = this.#variables.GITHUB_SHA ?? "";
    if (COMMIT.test(sha)) return sha;
    throw new InputError("The variable GITHUB_SHA has to be the full name of a commit.");
  }

  commit(...path: readonly string[]): string {
    const commit = this.commitOr(null, ...path);
    if (commit !== null) return commit;
    throw new InputError(
      `The payload of the event ${quoteName(this.event)} names no commit in ${path.join(".")}: without it nobody knows which configuration to trust.`,
    );
  }

  commitOr<T>(none: T, ...path: readonly string[]): string | T {
    const value = this.text(...path);
    return value !== null && COMMIT.test(value) && !NO_COMMIT.test(value) ? value : none;
  }

  number(...path: readonly string[]): number | null {
    const value = this.#at(path);
    return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
  }

  text(...path: readonly string[]): string | null {
    const value = this.#at(path);
    return typeof value === "string" ? value : null;
  }

  #at(path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
      return Reflect.get(value, key);
    }, this.#content);
  }
}

function readPayload(path: string): unknown {
  if (path === "") return {};
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`The payload of the event cannot be read: ${quoteName(why)}.`);
  }
}
