/**
 * The comment on the pull request: one for each use of the Action, found again by a marker
 * that is not shown, and updated. It never changes the result.
 */
import { ApiError, type GithubApi, retryRequests } from "./github-api.js";

export interface CommentTask {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  /** How the comment of this use of the Action begins, and no other one. */
  readonly marker: string;
  /** Markdown, which begins with the marker. */
  readonly body: string;
  /** Without a comment that is there already, is one to be written? */
  readonly isWanted: boolean;
}

export type CommentResult = "created" | "updated" | "unchanged" | "not-wanted";

/** Writes the comment. Throws an `ApiError` where GitHub does not let it, or fails for long. */
export async function writeComment(api: GithubApi, task: CommentTask): Promise<CommentResult> {
  const { marker, body } = task;
  const issue = `/repos/${task.repository}/issues`;
  // A request that failed may have been carried out: each try looks first.
  return retryRequests(async () => {
    const found = await findComment(api, `${issue}/${task.pullRequest}/comments`, marker);
    if (found?.body === body) return "unchanged";
    if (found !== null) {
      await api.request("PATCH", `${issue}/comments/${found.id}`, { body });
      return "updated";
    }
    if (!task.isWanted) return "not-wanted";
    await api.request("POST", `${issue}/${task.pullRequest}/comments`, { body });
    return "created";
  });
}

interface Comment {
  readonly id: number;
  readonly body: string;
  /** `null` for an account that is gone. */
  readonly author: { readonly login: string; readonly isBot: boolean } | null;
}

const PAGE = 100;
/** GitHub lets nobody write more comments than that: 2,500. */
const MOST_PAGES = 25;

/**
 * Anybody can write the marker. A comment of somebody else stays theirs to change after it
 * was updated, so that only one that is ours is.
 */
async function findComment(api: GithubApi, path: string, marker: string): Promise<Comment | null> {
  const marked: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await api.request("GET", `${path}?per_page=${PAGE}&page=${page}`);
    if (!Array.isArray(answer)) throw new ApiError(200, "it answered no list of comments", null);
    marked.push(...answer.flatMap(decodeComment).filter(({ body }) => body.startsWith(marker)));
    if (answer.length < PAGE) break;
  }
  const ofBot = marked.find(({ author }) => author?.isBot === true);
  if (ofBot !== undefined || marked.length === 0) return ofBot ?? null;
  const self = await ownLogin(api);
  return marked.find(({ author }) => author !== null && author.login === self) ?? null;
}

/** The name behind the token; `null` for the token of a workflow, which is a bot. */
async function ownLogin(api: GithubApi): Promise<string | null> {
  try {
    const user = await api.request("GET", "/user");
    return textAt(user, "login");
  } catch (error) {
    if (error instanceof ApiError && error.retry === null) return null;
    throw error;
  }
}

function decodeComment(value: unknown): Comment[] {
  const id = valueAt(value, "id");
  if (typeof id !== "number") return [];
  const user = valueAt(value, "user");
  const login = textAt(user, "login");
  const author = login === null ? null : { login, isBot: textAt(user, "type") === "Bot" };
  return [{ id, body: textAt(value, "body") ?? "", author }];
}

function textAt(value: unknown, key: string): string | null {
  const text = valueAt(value, key);
  return typeof text === "string" ? text : null;
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : null;
}
