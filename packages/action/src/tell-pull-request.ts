/** The report on the pull request, and what is said where it cannot be written there. */
import { githubMarker, type Report, renderGithubComment } from "@ouverture/core";
import { annotate } from "./annotate.js";
import type { Inputs, Variables } from "./inputs.js";
import { writeLog } from "./log.js";
import type { Occasion } from "./occasion.js";
import type { Place } from "./place.js";

/** Writes or updates the comment, if one is asked for. Never fails. */
export async function tellPullRequest(
  report: Report,
  { comment, token, directory }: Inputs,
  { pullRequest, isFork }: Occasion,
  place: Place,
  variables: Variables,
): Promise<void> {
  if (comment === "off") return;
  const repository = variables.GITHUB_REPOSITORY ?? "";
  if (pullRequest === null || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    writeLog("There is no pull request to comment on.");
    return;
  }
  if (token === undefined) {
    annotate("notice", "There is no comment on the pull request: the input 'token' is empty.");
    return;
  }
  const { openGithubApi, ApiError } = await import("./github-api.js");
  const { writeComment } = await import("./comment.js");
  const { GITHUB_WORKFLOW = "", GITHUB_JOB = "", GITHUB_API_URL } = variables;
  const marker = githubMarker([GITHUB_WORKFLOW, GITHUB_JOB, directory].join("/"));
  const api = await openGithubApi({ url: GITHUB_API_URL || "https://api.github.com", token });
  try {
    const result = await writeComment(api, {
      repository,
      pullRequest,
      marker,
      body: renderGithubComment(report, { marker, ...place.folders }),
      isWanted: comment === "always" || report.outcome !== "verified",
    });
    writeLog(SENTENCES[result]);
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0;
    const why = error instanceof Error ? error.message : String(error);
    annotate("notice", failureOf(status, why, isFork));
  } finally {
    await api.close();
  }
}

const SENTENCES = {
  created: "The pull request has a new comment.",
  updated: "The comment on the pull request was updated.",
  unchanged: "The comment on the pull request says this already.",
  "not-wanted": "There is nothing to comment on.",
} as const;

function failureOf(status: number, why: string, isFork: boolean): string {
  const start = "The comment on the pull request could not be written";
  if (isFork && (status === 403 || status === 404)) {
    return `${start}: the token of a run for a fork may only read. The summary has the whole report.`;
  }
  if (status === 403 || status === 404) {
    return `${start}, because the token may not (${why}). Give the job the permission 'pull-requests: write', or leave out the input 'comment'.`;
  }
  const answer = status === 0 ? "GitHub cannot be reached" : `GitHub answered ${status}`;
  return `${start}: ${answer} (${why}). The summary has the whole report.`;
}
