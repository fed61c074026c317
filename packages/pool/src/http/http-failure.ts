/** Why a registry could not be asked, in words, and whether to ask again (RFC 9110). */
import { escapeText } from "@ouverture/core";
import { errorCode } from "../directory/safe-file.js";
import { showAddress } from "./http-address.js";

/** One attempt that failed: `message` says what, as it follows the address. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  constructor(
    what: string,
    /** What to do, as the end of a sentence. */
    readonly todo: string,
    /** Does it pass, so that it is worth to ask again? */
    readonly isPassing: boolean,
    /** For how many milliseconds the server wants not to be asked. */
    readonly wait = 0,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

const LATER = "try again later, or ask those who run it";
const NETWORK = "look at the network, and at HTTPS_PROXY and NO_PROXY where there is a proxy";
const URL_OF_IT = "correct its URL in the configuration";

/** No whole answer within `timeout` milliseconds. */
export function timeoutFailure(timeout: number): HttpFailure {
  return new HttpFailure(`gave no whole answer in ${timeout / 1000} seconds`, LATER, true);
}

/** An answer that is neither the file nor its absence. `retryAfter` is that header, if any. */
export function statusFailure(
  status: number,
  retryAfter: string | undefined,
  hasToken: boolean,
): HttpFailure {
  const what = `answered ${status}`;
  if (status >= 500 || status === 429 || status === 408) {
    return new HttpFailure(what, LATER, true, parseRetryAfter(retryAfter, Date.now()));
  }
  if (status === 401 || status === 403) {
    const todo = hasToken
      ? "put a token that may read it into the variable that token_env names"
      : "set token_env to the name of a variable that holds a token for it";
    return new HttpFailure(what, todo, false);
  }
  return new HttpFailure(what, URL_OF_IT, false);
}

/** A redirect that is not followed. */
export function redirectFailure(what: string): HttpFailure {
  return new HttpFailure(what, URL_OF_IT, false);
}

/** A failure of where a redirect led to. */
export function failureElsewhere(url: URL, cause: HttpFailure): HttpFailure {
  const { message, todo, isPassing, wait } = cause;
  const what = `redirects to ${showAddress(url)}, which ${message}`;
  return new HttpFailure(what, todo, isPassing, wait, { cause });
}

/** A body that is not as it was announced. */
export function bodyFailure(what: string, isPassing: boolean, cause?: Error): HttpFailure {
  return new HttpFailure(what, LATER, isPassing, 0, { cause });
}

/** What the system, TLS or undici threw. */
export function networkFailure(error: Error): HttpFailure {
  const code = errorCode(error);
  if (CERTIFICATE.test(code)) {
    const todo = "set NODE_EXTRA_CA_CERTS to a file with the certificate of those who signed it";
    const what = `has a certificate that is not trusted (${reasonOf(error)})`;
    return new HttpFailure(what, todo, false, 0, { cause: error });
  }
  return new HttpFailure(`failed (${reasonOf(error)})`, NETWORK, true, 0, { cause: error });
}

/** The variable that names a proxy names none. */
export function proxyFailure(cause: unknown): HttpFailure {
  const what = "goes through a proxy, and HTTPS_PROXY (or HTTP_PROXY) is not the URL of one";
  return new HttpFailure(what, "write it as http://host:port", false, 0, { cause });
}

/** Codes of OpenSSL about certificates, as Node gives them. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|UND_ERR_PRX_TLS/;

/** Where several addresses were tried, the message is empty and the code stands for all. */
function reasonOf(error: Error): string {
  return escapeText(error.message === "" ? errorCode(error) : error.message);
}

/**
 * The milliseconds from `now` that `Retry-After` asks for, in seconds or by a date (RFC
 * 9110, 10.2.3); 0 where it is neither.
 */
export function parseRetryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = /^[A-Z][a-z]+,? /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
