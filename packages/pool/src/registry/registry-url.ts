/** The URLs of registries (docs/pool.md, "Registries"): which kind of registry each one means. */
import { fileURLToPath } from "node:url";
import { type GitUrl, parseGitUrl } from "../git/git-url.js";
import { isLoopback } from "../http/http-address.js";

export type RegistryUrl =
  | { readonly kind: "directory"; readonly path: string }
  /** `origin` is scheme, host and port: a credential goes to no other. */
  | { readonly kind: "http"; readonly origin: string; readonly host: string }
  | GitUrl;

/** What is wrong with a URL, to be said after its place: `has no scheme. Write ...`. */
export interface RefusedUrl {
  readonly kind: "refused";
  readonly why: string;
}

/**
 * Reads the URL of a registry. It is never part of what is said to be wrong with it,
 * because it may hold a password.
 */
export function parseRegistryUrl(text: string): RegistryUrl | RefusedUrl {
  if (/[\s\p{Cc}\p{Cf}]/u.test(text)) {
    return refuse("has white space or a character that is not shown in it. Write %20 for a space");
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === "file" || scheme === "https" || scheme === "http") return parseUrl(text);
  if (scheme?.startsWith("git+") || /^[^/:@]+@[^/:]+:/.test(text)) return parseGitUrl(text);
  if (scheme === "ssh" || scheme === "git") return refuse(`is of another kind. ${FORMS}`);
  if (/^[a-z]:[\\/]|^[/\\.~]/i.test(text)) {
    return refuse("is a path. Write it in full after file://, as in file:///srv/pool");
  }
  return refuse(`is of no kind that is known here. ${FORMS}`);
}

const FORMS =
  "Use file:///folder, https://host/path/, git+https://host/path, git+ssh://host/path or git@host:path";

function parseUrl(text: string): RegistryUrl | RefusedUrl {
  if (!URL.canParse(text)) return refuse("is no URL. Correct it");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return refuse("has a name or a password in it. Take it out, and name a variable in token_env");
  }
  if (url.search !== "" || url.hash !== "") {
    return refuse("has a part after ? or #, and files are looked for below a path. Take it out");
  }
  if (url.protocol === "file:") return parseFileUrl(url);
  if (url.protocol === "http:" && !isLoopback(url)) {
    return refuse("is plain http, which is for this machine only. Use https");
  }
  return { kind: "http", origin: url.origin, host: url.host };
}

/** A host would be asked by Windows, with the user's credentials. */
function parseFileUrl(url: URL): RegistryUrl | RefusedUrl {
  if (url.host !== "") return refuse("names a host. Write three slashes: file:///folder");
  try {
    const path = fileURLToPath(url);
    return path.includes("\0") ? refuse("has %00 in it. Correct it") : { kind: "directory", path };
  } catch {
    return refuse("is no path of this system. Write a full one, as in file:///srv/pool");
  }
}

function refuse(why: string): RefusedUrl {
  return { kind: "refused", why: `${why}.` };
}
