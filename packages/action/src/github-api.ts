/**
 * The few requests to GitHub that the comment needs: with patience for a service that is
 * busy or fails, and without any for one that says no.
 */
import { setTimeout as sleep } from "node:timers/promises";

export interface GithubApi {
  /** Sends a request to `path`, and gives the decoded body. Throws an `ApiError`. */
  request(method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    /** Of HTTP; 0 where there was no answer. */
    readonly status: number,
    message: string,
    /** Whether it may be better in a while, and in how many milliseconds, where that is said. */
    readonly retry: { readonly after: number | null } | null,
  ) {
    super(message);
  }
}

export interface ApiOptions {
  /** `https://api.github.com` */
  readonly url: string;
  readonly token: string;
}

/** Milliseconds for one answer. */
const PATIENCE = 15_000;

/** Opens the API, through the proxy that the environment names. */
export async function openGithubApi({ url, token }: ApiOptions): Promise<GithubApi> {
  const { EnvHttpProxyAgent, fetch } = await import("undici");
  const dispatcher = new EnvHttpProxyAgent();
  return {
    async request(method, path, body) {
      const response = await fetch(`${url.replace(/\/+$/, "")}${path}`, {
        method,
        dispatcher,
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "user-agent": "ouverture-verify-action",
          "x-github-api-version": "2022-11-28",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw new ApiError(0, reasonOf(error), { after: null });
      });
      const text = await response.text().catch((error: unknown) => {
        throw new ApiError(response.status, reasonOf(error), { after: null });
      });
      if (response.ok) return decode(text, response.status);
      const message = messageOf(text) ?? response.statusText;
      throw new ApiError(response.status, message, retryOf(response.status, response.headers));
    },
    close: () => dispatcher.destroy(),
  };
}

/** How often a task is tried, and the longest that it waits in between, in milliseconds. */
const TRIES = 4;
const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 500;

/** Does a task, and does it again after failures of the service. Throws the last failure. */
export async function retryRequests<T>(task: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof ApiError) || error.retry === null || tries === TRIES) throw error;
      const wait = error.retry.after ?? FIRST_WAIT * 2 ** (tries - 1);
      if (wait > LONGEST_WAIT) throw error;
      await sleep(wait);
    }
  }
}

/** GitHub answers 403 and 429 to who asks too often, and says so in the headers. */
function retryOf(status: number, headers: { get(name: string): string | null }) {
  const seconds = headers.get("retry-after");
  const after = seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
  if (status >= 500 || status === 429) return { after };
  if (status !== 403) return null;
  if (after !== null) return { after };
  if (headers.get("x-ratelimit-remaining") !== "0") return null;
  const reset = Number(headers.get("x-ratelimit-reset"));
  return { after: Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : null };
}

function decode(text: string, status: number): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    throw new ApiError(status, "it answered what is no JSON", { after: null });
  }
}

function messageOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && "message" in value;
    return isObject && typeof value.message === "string" ? value.message : null;
  } catch {
    return null;
  }
}

/** undici says `fetch failed`, and why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
