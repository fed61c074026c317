/** Which addresses are asked: https, and plain http on this machine (docs/pool.md, "Registries"). */

/**
 * Why `url` is not asked, as it continues a sentence about it, without full stop;
 * `null` where it may be.
 */
export function refuseAddress(url: URL): string | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "is neither https nor http";
  if (url.username !== "" || url.password !== "") return "holds a user name or a password";
  if (url.protocol === "http:" && !isLoopback(url)) return "is plain http to another machine";
  return null;
}

/** This machine: localhost, 127.0.0.0/8 or ::1. `URL` has brought numbers into one form. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The address as it is shown: without what may be a secret in it, and not without end. */
export function showAddress(url: URL): string {
  // `URL` has written it in visible ASCII.
  const text = `${url.protocol}//${url.host}${url.pathname}`;
  const isCut = url.search !== "" || text.length > LONGEST;
  return isCut ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 300;
