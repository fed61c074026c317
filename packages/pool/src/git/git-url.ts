/**
 * The URLs of git registries (docs/pool.md, "Registries"). What is handed to git is
 * only what is understood here: no option, no other protocol, no password.
 */

/** Which protocol git may use, and no other. */
export type GitProtocol = "https" | "http" | "ssh" | "file";

export interface GitUrl {
  readonly kind: "git";
  /** As git takes it: `https://host/path`, `git@host:path`. */
  readonly remote: string;
  readonly protocol: GitProtocol;
  /** `null` for the branch that the repository shows. */
  readonly branch: string | null;
  /** The folder of the pool in the repository, with `/`; "" for its root. */
  readonly folder: string;
}

/** What is wrong with a URL, to be said after its place: `has no host. Write ...`. */
export interface RefusedGitUrl {
  readonly kind: "refused";
  readonly why: string;
}

/**
 * Reads `git+https://host/path`, `git+http://` (this machine only), `git+ssh://`,
 * `git+file:///path` and `git@host:path`, each with `//folder` and `#branch` behind it,
 * in which %20 stands for a space. Why one is refused never quotes it: it may hold a
 * password.
 */
export function parseGitUrl(text: string): GitUrl | RefusedGitUrl {
  if (/[\s\p{Cc}\p{Cs}\\]/u.test(text)) {
    return refuse("has white space or a backslash in it. Write %20 for a space");
  }
  const [, address = "", tail] = /^([^#]*)(?:#(.*))?$/.exec(text) ?? [];
  const branch = tail === undefined ? null : decode(tail);
  if (branch !== null && !isBranch(branch)) {
    return refuse("has no name of a branch after its #. Write the branch, or take the # out");
  }
  const place = address.startsWith("git+") ? readUrl(address.slice(4)) : readScp(address);
  if (place.kind === "refused") return place;
  const folder = decode(place.folder);
  if (!isFolder(folder)) {
    return refuse("has no path of a folder after its //. Write names, parted by /");
  }
  return { kind: "git", remote: place.remote, protocol: place.protocol, branch, folder };
}

interface Place {
  readonly kind: "place";
  readonly remote: string;
  readonly protocol: GitProtocol;
  readonly folder: string;
}

const PROTOCOLS: Readonly<Record<string, GitProtocol | undefined>> = {
  "https:": "https",
  "http:": "http",
  "ssh:": "ssh",
  "file:": "file",
};
/** What begins with `-` would be an option of git or of ssh. */
const USER = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/;
const HOST = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|\[[0-9A-Fa-f:.]+\])$/;

function readUrl(address: string): Place | RefusedGitUrl {
  const [, scheme = "", authority = "", rest = ""] =
    /^([a-z]+:)\/\/([^/]*)(\/.*)$/i.exec(address) ?? [];
  const protocol = PROTOCOLS[scheme.toLowerCase()];
  if (protocol === undefined) return refuse(FORMS);
  if (rest.includes("?")) return refuse("has a part after ?. Take it out");
  const why = refuseAuthority(authority, protocol);
  if (why !== null) return refuse(why);
  const [path, folder] = split(rest);
  if (path === "/") return refuse("has no path. Write that of the repository behind the host");
  return { kind: "place", remote: `${protocol}://${authority}${path}`, protocol, folder };
}

const FORMS =
  "is of no kind that is known here. Use git+https://host/path, git+ssh://host/path, git@host:path or git+file:///path";

function refuseAuthority(authority: string, protocol: GitProtocol): string | null {
  if (protocol === "file") {
    return authority === "" ? null : "names a host. Write three slashes: git+file:///path";
  }
  const [, , user, host = "", port = "1"] =
    /^((.*)@)?(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/.exec(authority) ?? [];
  if (user?.includes(":")) {
    return "has a password in it. Take it out, and give it to git (git help credentials)";
  }
  if (!HOST.test(host)) return "has no host. Correct it";
  if (user !== undefined && !USER.test(user))
    return "has no name of a user before the @. Correct it";
  if (Number(port) < 1 || Number(port) > 65_535) return "has no port after the colon. Correct it";
  if (protocol === "http" && !isLoopback(host)) {
    return "is plain http, which is for this machine only. Use git+https";
  }
  return null;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** As scp writes it: `git@host:path`. */
function readScp(address: string): Place | RefusedGitUrl {
  const [, user = "", host = "", rest = ""] =
    /^([^@/]*)@(\[[^\]]*\]|[^:/]*):(.*)$/.exec(address) ?? [];
  if (!USER.test(user) || !HOST.test(host)) return refuse(FORMS);
  const [path, folder] = split(rest);
  if (path === "" || path.startsWith("-")) {
    return refuse("has no path. Write that of the repository behind the colon");
  }
  return { kind: "place", remote: `${user}@${host}:${path}`, protocol: "ssh", folder };
}

/** Parts a path at the first `//`. */
function split(path: string): [path: string, folder: string] {
  const at = path.indexOf("//", 1);
  return at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at + 2).replace(/\/$/, "")];
}

/** "\0", which is nothing that is accepted, for what is malformed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "\0";
  }
}

/** As git has it (gitrevisions, git-check-ref-format). */
function isBranch(name: string): boolean {
  if (/[\s\p{Cc}\p{Cs}~^:?*[\\]|\.\.|@\{|^[-/]|^@$|\/$|\.$/u.test(name)) return false;
  return name.split("/").every((part) => /^[^.]/.test(part) && !part.endsWith(".lock"));
}

/** Git has no `.git` in a tree, in whatever case. */
function isFolder(path: string): boolean {
  if (path === "") return true;
  return path.split("/").every((part) => !/^(?:|\.|\.\.|\.git)$|[\p{Cc}\p{Cs}\\]/iu.test(part));
}

function refuse(why: string): RefusedGitUrl {
  return { kind: "refused", why: `${why}.` };
}
