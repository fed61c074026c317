/**
 * Files below one address, by GET: asks again where that helps, follows redirects by
 * hand, and gives the token to nobody but the host that it is for (docs/pool.md,
 * "Registries").
 */
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { escapeText } from "@ouverture/core";
import { StoreError } from "../store.js";
import { refuseAddress, showAddress } from "./http-address.js";
import { type BodyReader, ENCODINGS, exchange, type HttpRequest } from "./http-exchange.js";
import { failureElsewhere, HttpFailure, redirectFailure, statusFailure } from "./http-failure.js";
import { type HttpTransport, loadTransport } from "./http-transport.js";

export interface HttpSettings {
  /** What people call the registry. */
  readonly name: string;
  /** Where the pool lies: `https://host/path/`. */
  readonly url: string;
  /** Goes to that host alone, as `Authorization: Bearer`. */
  readonly token?: string;
  /** Milliseconds for an answer with its body, once there is a connection. 30,000. */
  readonly timeout?: number;
  /** How often it is asked again. 3. */
  readonly retries?: number;
  /** Milliseconds before it is asked again; each time twice as long, and some by chance. 500. */
  readonly retryDelay?: number;
  /** The most milliseconds that are waited for `Retry-After`. 30,000. */
  readonly longestWait?: number;
  /** `ouverture/1.2.3`. */
  readonly userAgent?: string;
}

export interface HttpClient {
  /**
   * The file at `path`, of at most `most` bytes; `undefined` where there is none (404,
   * 410). Throws a `StoreError`.
   */
  read<T>(
    path: string,
    most: number,
    openBody: () => BodyReader<T>,
  ): Promise<HttpFile<T> | undefined>;
  /** A `StoreError` about the file at `path`: what is wrong with it, and what to do. */
  describe(path: string, what: string, todo: string): StoreError;
  /** Ends all connections, and all waits. */
  close(): Promise<void>;
}
export interface HttpFile<T> {
  readonly body: T | "too-large";
  /** When the host got it, in milliseconds since 1970; `null` where it does not say. */
  readonly modified: number | null;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Throws a `StoreError` where the settings cannot be used. */
export function openHttpClient(settings: HttpSettings): HttpClient {
  const base = readBase(settings);
  const { retries = 3, retryDelay = 500, longestWait = 30_000 } = settings;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let loading: Promise<HttpTransport> | undefined;

  async function read<T>(
    path: string,
    most: number,
    openBody: () => BodyReader<T>,
  ): Promise<HttpFile<T> | undefined> {
    const url = new URL(path, base);
    const { signal } = closing;
    try {
      signal.throwIfAborted();
      loading ??= loadTransport();
      const transport = await loading;
      return await transport.pRetry(() => attempt(transport, settings, url, { most, openBody }), {
        retries,
        minTimeout: retryDelay,
        maxTimeout: longestWait,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => error instanceof HttpFailure && error.isPassing,
        async onFailedAttempt({ error, retriesLeft }) {
          if (!(error instanceof HttpFailure) || error.wait === 0 || retriesLeft === 0) return;
          await pause(Math.min(error.wait, longestWait), undefined, { signal });
        },
      });
    } catch (error) {
      throw explain(error, url);
    }
  }

  function explain(error: unknown, url: URL): unknown {
    if (closing.signal.aborted) {
      return describe(url, "was closed before it answered", "open it again", error);
    }
    if (!(error instanceof HttpFailure)) return error;
    const tries = error.isPassing && retries > 0 ? `, ${retries + 1} times` : "";
    return describe(url, error.message + tries, error.todo, error);
  }

  function describe(url: URL, what: string, todo: string, cause?: unknown): StoreError {
    return refuse(settings, `${showAddress(url)} ${what}; ${todo}.`, cause);
  }

  return {
    read,
    describe: (path, what, todo) => describe(new URL(path, base), what, todo),
    async close() {
      closing.abort();
      const transport = await loading?.catch(() => undefined);
      await transport?.destroy();
    },
  };
}

function refuse({ name }: HttpSettings, why: string, cause?: unknown): StoreError {
  const message = `The registry '${escapeText(name)}' cannot be read: ${why}`;
  return new StoreError(name, message, { cause });
}

/** Asks once, following redirects. Throws an `HttpFailure`. */
async function attempt<T>(
  transport: HttpTransport,
  { token, timeout = 30_000, userAgent = transport.userAgent }: HttpSettings,
  start: URL,
  wanted: Pick<HttpRequest<T>, "most" | "openBody">,
): Promise<HttpFile<T> | undefined> {
  let url = start;
  let authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const { status, headers, body } = await exchange(transport.choose(url), {
        ...wanted,
        url,
        timeout,
        headers: {
          accept: "application/json, */*;q=0.1",
          "accept-encoding": ENCODINGS,
          "user-agent": userAgent,
          ...authorization,
        },
      });
      if (status === 404 || status === 410) return undefined;
      if (body !== undefined) return { body, modified: readDate(headers["last-modified"]) };
      if (!REDIRECTS.includes(status) || headers.location === undefined) {
        throw statusFailure(status, headers["retry-after"], token !== undefined);
      }
      const next = followRedirect(url, headers.location);
      // Once elsewhere, it is not sent again: who leads back is not the host that it is for.
      if (next.origin !== start.origin) authorization = {};
      url = next;
    }
    throw redirectFailure(`redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    throw url !== start && error instanceof HttpFailure ? failureElsewhere(url, error) : error;
  }
}

function followRedirect(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw redirectFailure("redirects to what is no URL");
  const to = new URL(location, from);
  const refusal = refuseAddress(to);
  if (refusal !== null) {
    throw redirectFailure(`redirects to ${showAddress(to)}, which ${refusal}`);
  }
  if (from.protocol === "https:" && to.protocol === "http:") {
    throw redirectFailure(`redirects from https down to ${showAddress(to)}`);
  }
  return to;
}

/** Tokens are written in visible ASCII (RFC 6750, 2.1): no line end gets into a header. */
const TOKEN = /^[\x21-\x7e]+$/;

function readBase(settings: HttpSettings): URL {
  const { url, token } = settings;
  if (!URL.canParse(url)) throw refuse(settings, "its URL is none; write https://host/path/.");
  const base = new URL(url);
  const refusal = refuseAddress(base);
  const shown = `its URL, ${showAddress(base)},`;
  if (base.username !== "" || base.password !== "") {
    const todo = "take that out, and set token_env to the name of a variable that holds a token";
    throw refuse(settings, `${shown} ${refusal}; ${todo}.`);
  }
  if (refusal !== null) throw refuse(settings, `${shown} ${refusal}; use https.`);
  if (base.search !== "" || base.hash !== "") {
    throw refuse(settings, `${shown} goes on after its path; take out '?', '#' and what follows.`);
  }
  if (token !== undefined && !TOKEN.test(token)) {
    const todo = "correct the variable that token_env names";
    throw refuse(settings, `its token is empty or has characters that no token has; ${todo}.`);
  }
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base;
}

function readDate(header: string | undefined): number | null {
  const date = Date.parse(header ?? "");
  return Number.isNaN(date) ? null : date;
}
