/** Where requests go and where they do not: redirects, tokens, and the URL of a registry. */
import { describe, expect, it } from "vitest";
import { type HttpSettings, openHttpRegistry } from "../../src/http/http-registry.js";
import { StoreError } from "../../src/store.js";
import {
  answer,
  type Behaviour,
  byPath,
  garble,
  inTurn,
  redirect,
  startServer,
} from "./faulty-server.js";
import { failureOf, hash, open, openOn, path, textOf } from "./http-open.js";

const body = "é";
const fine = answer(200, body);

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("is followed on the same host: %s", async (status) => {
    const token = "secret";
    const { server, registry } = await openOn(
      byPath({ [path]: redirect("../x?y=1", status), "/objects/sha256/55/x?y=1": fine }),
      { token },
    );
    expect(textOf(await registry.get(hash))).toBe(body);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer secret",
      "Bearer secret",
    ]);
  });

  it("takes the token to no other host, and not back", async () => {
    const first = await startServer(answer(404));
    const other = await startServer(redirect(`${first.url}back`));
    first.behave(byPath({ [path]: redirect(`${other.url}there`), "/back": fine }));
    const registry = open(first.url, { token: "secret" });
    expect(textOf(await registry.get(hash))).toBe(body);
    expect(first.requests.map((one) => [one.path, one.headers.authorization])).toEqual([
      [path, "Bearer secret"],
      ["/back", undefined],
    ]);
    expect(other.requests.map((one) => one.path)).toEqual(["/there"]);
    expect(JSON.stringify(other.requests)).not.toContain("secret");
  });

  it("takes the token to no other name of the host", async () => {
    const server = await startServer(answer(404));
    const { port } = new URL(server.url);
    server.behave(byPath({ [path]: redirect(`http://localhost:${port}/x`), "/x": fine }));
    expect(textOf(await open(server.url, { token: "secret" }).get(hash))).toBe(body);
    expect(server.requests[1]?.headers.authorization).toBeUndefined();
  });

  it("is followed five times", async () => {
    const steps = (count: number): Behaviour =>
      inTurn(redirect("/1"), ...Array.from({ length: count - 1 }, () => redirect("/2")), fine);
    const five = await openOn(steps(5));
    expect(textOf(await five.registry.get(hash))).toBe(body);
    const six = await openOn(steps(6));
    expect(await failureOf(six.registry.get(hash))).toMatch(/redirects more than 5 times; correct/);
    const loop = await openOn(redirect(path));
    expect(await failureOf(loop.registry.get(hash))).toMatch(
      /redirects more than 5 times; correct/,
    );
    expect(loop.server.requests).toHaveLength(6);
  });

  it.each([
    ["file:///etc/passwd", /redirects to file:.*, which is neither https nor http;/],
    ["ftp://localhost/x", /which is neither https nor http;/],
    ["data:application/json,{}", /which is neither https nor http;/],
    ["javascript:alert(1)", /which is neither https nor http;/],
    ["http://pool.example.com/x", /http:..pool.example.com.x, which is plain http to another/],
    ["//pool.example.com/x", /which is plain http to another machine;/],
    ["http://127.0.0.1.example.com/", /which is plain http to another machine;/],
    ["http://0.0.0.0/", /which is plain http to another machine;/],
    ["http://[::ffff:8.8.8.8]/", /which is plain http to another machine;/],
    ["https://joe:pass@localhost/", /to https:..localhost., which holds a user name or a pass/],
    ["http://joe@127.0.0.1/", /which holds a user name or a password;/],
    ["http://[", /redirects to what is no URL;/],
    ["http://pool.example.com/?signature=pass", /pool.example.com.…, which is plain/],
  ])("is not followed: %s", async (location, expected) => {
    const { server, registry } = await openOn(redirect(location));
    const message = await failureOf(registry.get(hash));
    expect(message).toMatch(expected);
    expect(message).not.toContain("pass@");
    expect(message).not.toContain("signature");
    expect(server.requests).toHaveLength(1);
  });

  it("is shown in ASCII", async () => {
    const { registry } = await openOn(
      garble("HTTP/1.1 302 Found\r\nlocation: x://é/\u202e\r\ncontent-length: 0\r\n\r\n"),
    );
    expect(await failureOf(registry.get(hash))).toMatch(/ redirects to x:[!-~]+, which is neither/);
  });

  it("leads to where it fails, which is said", async () => {
    const { port } = new URL((await startServer(answer(403))).url);
    const other = `http://localhost:${port}/${"a/".repeat(500)}`;
    const { registry } = await openOn(redirect(other), { token: "secret" });
    const message = await failureOf(registry.get(hash));
    expect(message).toMatch(/redirects to http:..localhost:\d+[a/]+…, which answered 403; put a/);
    expect(message.length).toBeLessThan(800);
  });

  it("leads to what is asked again, from its start", async () => {
    const { server, registry } = await openOn(
      byPath({ [path]: redirect("/x"), "/x": inTurn(answer(503), fine) }),
    );
    expect(textOf(await registry.get(hash))).toBe(body);
    expect(server.requests.map((one) => one.path)).toEqual([path, "/x", path, "/x"]);
  });
});

describe("settings", () => {
  const refusal = (settings: Partial<HttpSettings>): string => {
    try {
      openHttpRegistry({ name: "a\u202eb", url: "https://localhost/", ...settings });
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      return (error as StoreError).message;
    }
    throw new Error("not refused");
  };

  it.each<[Partial<HttpSettings>, string]>([
    [{ url: "" }, "its URL is none; write https://host/path/."],
    [{ url: "pool.example.com" }, "its URL is none; write https://host/path/."],
    [{ url: "https://joe:pass@[/" }, "its URL is none; write https://host/path/."],
    [
      { url: "file:///srv/pool" },
      "its URL, file:///srv/pool, is neither https nor http; use https.",
    ],
    [
      { url: "http://pool.example.com/a" },
      "its URL, http://pool.example.com/a, is plain http to another machine; use https.",
    ],
    [
      { url: "https://joe:pass@pool.example.com/a" },
      "its URL, https://pool.example.com/a, holds a user name or a password; take that out, and set token_env to the name of a variable that holds a token.",
    ],
    [
      { url: "https://pool.example.com/a?key=pass" },
      "its URL, https://pool.example.com/a…, goes on after its path; take out '?', '#' and what follows.",
    ],
    [
      { url: "https://pool.example.com/a#main" },
      "its URL, https://pool.example.com/a, goes on after its path; take out '?', '#' and what follows.",
    ],
    ...["", "a b", "pass\n", "a\r\nx: y", "é"].map((token): [Partial<HttpSettings>, string] => [
      { token },
      "its token is empty or has characters that no token has; correct the variable that token_env names.",
    ]),
  ])("are refused: %j", (settings, expected) => {
    expect(refusal(settings)).toBe(`The registry 'a\\u202eb' cannot be read: ${expected}`);
  });

  it("may have a path, with or without an end", async () => {
    const server = await startServer(byPath({ [`/a%20b/c${path}`]: fine }));
    for (const end of ["a b/c", "a b/c/", "x/../a%20b/c"]) {
      expect(textOf(await open(server.url + end).get(hash))).toBe(body);
    }
  });
});
