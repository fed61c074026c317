import { describe, expect, it } from "vitest";
import { parseGitUrl } from "../../src/git/git-url.js";

describe("parseGitUrl", () => {
  const accepted: readonly (readonly [string, readonly unknown[]])[] = [
    ["git+https://host/team/pool.git", ["https", "https://host/team/pool.git", null, ""]],
    ["git+https://zoe@host:8443/pool", ["https", "https://zoe@host:8443/pool", null, ""]],
    ["git+https://host/pool#main", ["https", "https://host/pool", "main", ""]],
    ["git+https://host/pool//a/b#x/y", ["https", "https://host/pool", "x/y", "a/b"]],
    ["git+https://host/pool//a/", ["https", "https://host/pool", null, "a"]],
    ["git+https://host/p//a%20b/%C3%BC#x%2Fy", ["https", "https://host/p", "x/y", "a b/ü"]],
    ["git+HTTPS://host/pool", ["https", "https://host/pool", null, ""]],
    ["git+http://localhost:80/p", ["http", "http://localhost:80/p", null, ""]],
    ["git+http://127.1.2.3/p", ["http", "http://127.1.2.3/p", null, ""]],
    ["git+http://[::1]:80/p", ["http", "http://[::1]:80/p", null, ""]],
    ["git+ssh://git@host/team/pool.git", ["ssh", "ssh://git@host/team/pool.git", null, ""]],
    ["git+ssh://host:22/~zoe/pool", ["ssh", "ssh://host:22/~zoe/pool", null, ""]],
    ["git@host:team/pool.git", ["ssh", "git@host:team/pool.git", null, ""]],
    ["git@host:team/pool.git//a#b", ["ssh", "git@host:team/pool.git", "b", "a"]],
    ["zoe.x@[::1]:/srv/pool", ["ssh", "zoe.x@[::1]:/srv/pool", null, ""]],
    ["git+file:///srv/pool.git", ["file", "file:///srv/pool.git", null, ""]],
    ["git+file:///srv/a%20b//c#d", ["file", "file:///srv/a%20b", "d", "c"]],
    ["git+file:///C:/srv/pool", ["file", "file:///C:/srv/pool", null, ""]],
  ];
  it.each(accepted)("reads %s", (text, [protocol, remote, branch, folder]) => {
    expect(parseGitUrl(text)).toEqual({ kind: "git", protocol, remote, branch, folder });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ["", /no kind/],
    ["https://host/pool", /no kind/],
    ["git://host/pool", /no kind/],
    ["git+git://host/pool", /no kind/],
    ["git+ext::sh -c true", /white space/],
    ["git+ext::sh", /no kind/],
    ["ext::sh%20-c", /no kind/],
    ["git+fd://17/pool", /no kind/],
    ["git+https:/host/pool", /no kind/],
    ["git+https://host", /no kind/],
    ["git+https://host/", /no path/],
    ["git+https:///pool", /no host/],
    ["git+https://-host/pool", /no host/],
    ["git+https://ho st/pool", /white space/],
    ["git+https://host\\pool/x", /backslash/],
    ["git+https://host/pool\n", /white space/],
    ["git+https://host/pool\0", /white space/],
    ["git+https://host/pool\ud800", /white space/],
    ["git+https://host/pool?x=1", /after \?/],
    ["git+https://zoe:secret@host/pool", /password/],
    ["git+ssh://zoe:secret@host/pool", /password/],
    ["git+https://@host/pool", /name of a user/],
    ["git+ssh://-oProxyCommand=x@host/pool", /name of a user/],
    ["git+ssh://-oProxyCommand=x/pool", /no host/],
    ["git+https://host:0/pool", /port/],
    ["git+https://host:99999/pool", /port/],
    ["git+https://host:x/pool", /no host/],
    ["git+http://example.org/pool", /plain http/],
    ["git+http://127.0.0.1.example.org/pool", /plain http/],
    ["git+http://2130706433/pool", /plain http/],
    ["git+file://host/srv/pool", /three slashes/],
    ["git+file:srv/pool", /no kind/],
    ["git@host", /no kind/],
    ["git@host:", /no path/],
    ["git@host:-x", /no path/],
    ["-x@host:pool", /no kind/],
    ["git@-host:pool", /no kind/],
    ["host:pool", /no kind/],
    ...[
      "",
      "-x",
      "a..b",
      "a b%20",
      "%20",
      "a~1",
      "a^",
      "a:b",
      "a?",
      "a*",
      "a[",
      "@",
      "a@{1}",
      "/a",
      "a/",
    ]
      .concat(["a//b", ".a", "a/.b", "a.", "a.lock", "a.lock/b", "a%00", "a%0a", "%ff", "%5c"])
      .filter((branch) => !branch.includes(" "))
      .map((branch) => [`git+https://host/pool#${branch}`, /branch/] as const),
    ...["..", "a/../b", ".", ".git", "a/.GIT/b", "a//b", "%2e%2e", "a%00b", "a%5cb", "%ff"].map(
      (folder) => [`git+https://host/pool//${folder}`, /folder/] as const,
    ),
  ];
  it.each(refused)("refuses %j", (text, why) => {
    const read = parseGitUrl(text);
    expect(read).toMatchObject({ kind: "refused", why: expect.stringMatching(why) });
    expect(JSON.stringify(read)).not.toContain("secret");
  });
});
