/** What a web server can do to those who ask it, with a real one that does. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { MOST_BYTES } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../src/http/http-failure.js";
import type { HttpSettings } from "../../src/http/http-registry.js";
import {
  answer,
  type Behaviour,
  closeAfter,
  drip,
  flood,
  garble,
  hang,
  hangInBody,
  inTurn,
  redirect,
  reset,
  startServer,
  truncate,
  truncateChunks,
} from "./faulty-server.js";
import { failureOf, hash, open, openOn, path, textOf } from "./http-open.js";

const body = JSON.stringify({ text: "é平".repeat(50) });
const fine = answer(200, body);
const zeros = Buffer.alloc(16 << 20);
const bomb = gzipSync(zeros);

const TIMEOUT = { timeout: 150 };
/** What passes: what it is, what the server does, the settings, and what is said of it. */
const PASSING: readonly (readonly [string, Behaviour, Partial<HttpSettings>, RegExp])[] = [
  ["500", answer(500), {}, /answered 500, 3 times; try again later/],
  ["502 with a page", answer(502, "<!doctype html>"), {}, /answered 502/],
  ["503", answer(503), {}, /answered 503/],
  ["429", answer(429), {}, /answered 429/],
  ["408", answer(408), {}, /answered 408/],
  ["503 and an hour to wait", answer(503, "", { "retry-after": "3600" }), {}, /answered 503/],
  ["no answer", hang, TIMEOUT, /gave no whole answer in 0.15 seconds, 3 times; try/],
  ["a body that stops", hangInBody(body), TIMEOUT, /gave no whole answer/],
  ["a slow body", drip(body.split(""), 20), TIMEOUT, /gave no whole answer/],
  ["a reset", reset, {}, /failed \(.+\), 3 times; look at the network/],
  ["half of the length", truncate(body), {}, /failed \(other side closed\)/],
  ["chunks without the last", truncateChunks(body), {}, /failed \(.+\)/],
  ["no HTTP", garble("It is me.\r\n\r\n"), {}, /failed \(.+\)/],
  ["an answer without end", garble("HTTP/1.1 200 OK\r\nA: b\r\n"), {}, /failed \(.+\)/],
  ["a hint, and no answer", garble("HTTP/1.1 103 Early Hints\r\n\r\n"), {}, /failed \(.+\)/],
  [
    "headers without end",
    garble(`HTTP/1.1 200 OK\r\nA: ${"b".repeat(1 << 20)}`),
    {},
    /failed \(Headers Overflow Error\)/,
  ],
  [
    "half of what was packed",
    answer(200, gzipSync(body).subarray(0, -4), { "content-encoding": "gzip" }),
    {},
    /sent what cannot be unpacked \(unexpected end of file\), 3 times/,
  ],
  [
    "what is not packed",
    answer(200, body, { "content-encoding": "gzip" }),
    {},
    /sent what cannot be unpacked \(incorrect header check\)/,
  ],
];

describe("what passes", () => {
  it.each(PASSING)("is asked again: %s", async (_, behaviour, settings) => {
    const { server, registry } = await openOn(inTurn(behaviour, behaviour, fine), settings);
    expect(textOf(await registry.get(hash))).toBe(body);
    expect(server.requests.map((one) => one.path)).toEqual([path, path, path]);
  });

  it.each(PASSING)("is an error in the end: %s", async (_, behaviour, settings, expected) => {
    const { server, registry } = await openOn(behaviour, settings);
    const message = await failureOf(registry.get(hash));
    expect(message).toMatch(expected);
    expect(message).toContain(`${server.url}${path.slice(1)} `);
    expect(server.requests).toHaveLength(3);
  });

  it("is an error at once where nobody asks again", async () => {
    const { server, registry } = await openOn(answer(500), { retries: 0 });
    expect(await failureOf(registry.get(hash))).toMatch(/answered 500; try/);
    expect(server.requests).toHaveLength(1);
  });

  it("is a host that nobody answers on, for many at once", async () => {
    const hashes = Array.from({ length: 100 }, (_, index) => `${index}`.padStart(64, "0"));
    const registry = open("http://127.0.0.1:1/", { retries: 1 });
    for (const message of await Promise.all(hashes.map((one) => failureOf(registry.get(one))))) {
      expect(message).toMatch(/failed \(connect ECONNREFUSED 127.0.0.1:1\), 2 times; look at/);
    }
  });

  it("waits as long as the server says", async () => {
    const { server, registry } = await openOn(
      inTurn(answer(503, "", { "retry-after": "1" }), fine),
      { longestWait: 60_000 },
    );
    const found = registry.get(hash);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.requests).toHaveLength(1);
    expect(textOf(await found)).toBe(body);
  });

  const now = Date.UTC(2026, 0, 31, 12, 0, 0);
  it.each([
    [undefined, 0],
    ["0", 0],
    ["120", 120_000],
    ["Sat, 31 Jan 2026 12:00:07 GMT", 7000],
    ["Saturday, 31-Jan-26 12:00:07 GMT", 7000],
    ["Sat, 31 Jan 2026 11:59:00 GMT", 0],
    ["-5", 0],
    ["1.5 hours", 0],
    ["", 0],
    ["soon", 0],
    ["9".repeat(400), Number.POSITIVE_INFINITY],
  ])("reads Retry-After: %s", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe("what does not pass", () => {
  const token = { token: "a.b-c" };
  it.each([
    [401, {}, /answered 401; set token_env to the name of a variable that holds a token for it/],
    [403, {}, /answered 403; set token_env/],
    [403, token, /answered 403; put a token that may read it into the variable/],
    [400, {}, /answered 400; correct its URL/],
    [418, token, /answered 418; correct its URL/],
    [204, {}, /answered 204/],
    [206, {}, /answered 206/],
    [300, {}, /answered 300/],
    [302, {}, /answered 302/],
    [304, {}, /answered 304/],
  ])("is an error at once: %s", async (status, settings, expected) => {
    const { server, registry } = await openOn(answer(status), settings);
    const message = await failureOf(registry.get(hash));
    expect(message).toMatch(expected);
    expect(message).not.toContain(token.token);
    expect(server.requests).toHaveLength(1);
  });

  it.each([404, 410])("is an absence: %s", async (status) => {
    const { server, registry } = await openOn(answer(status, "a".repeat(1 << 20)));
    expect(await registry.get(hash)).toBeUndefined();
    expect(await registry.getMapping(hash, { language: "eng", hash })).toBeUndefined();
    expect(await registry.listMappings(hash)).toEqual([]);
    expect(await registry.complete("5555")).toEqual([]);
    expect(server.requests).toHaveLength(4);
  });

  it.each([404, 410])("is an absence, whatever comes of its page: %s", async (status) => {
    for (const [page, settings] of [
      [hang, TIMEOUT],
      [reset, {}],
      [flood(body), {}],
    ] as const) {
      const { server, registry } = await openOn((request, response) => {
        response.writeHead(status).write("a", () => setTimeout(() => page(request, response), 5));
      }, settings);
      expect(await registry.get(hash)).toBeUndefined();
      expect(server.requests).toHaveLength(1);
    }
  });

  it("is a way of packing that was not asked for", async () => {
    const { server, registry } = await openOn(answer(200, body, { "content-encoding": "zstd" }));
    expect(await failureOf(registry.get(hash))).toMatch(/in a way that was not asked for;/);
    expect(server.requests.map(({ headers }) => headers["accept-encoding"])).toEqual(["gzip, br"]);
  });
});

describe("a body", () => {
  const tooLarge = { code: "limit-exceeded", data: { limit: "bytes", most: MOST_BYTES } };
  const most = Buffer.alloc(MOST_BYTES, "a");
  const gzip = { "content-encoding": "gzip" };
  const noise = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * index) % 251));

  it.each([
    ["with a length", fine, body],
    ["in chunks", drip(body.match(/.{1,9}/g) ?? [], 1), body],
    ["until the end of the connection", garble(`HTTP/1.0 200 OK\r\n\r\n${body}`), body],
    ["of nothing", answer(200), ""],
    ["of exactly the most", answer(200, most), most.toString()],
    ["packed by gzip", answer(200, gzipSync(body), gzip), body],
    ["packed by x-gzip", answer(200, gzipSync(body), { "content-encoding": "X-GZip" }), body],
    ["packed by br", answer(200, brotliCompressSync(body), { "content-encoding": "br" }), body],
    ["that is said to be itself", answer(200, body, { "content-encoding": "identity" }), body],
    ["of exactly the most, packed", answer(200, gzipSync(most), gzip), most.toString()],
    ["larger packed than not", answer(200, gzipSync(noise, { level: 0 }), gzip), noise.toString()],
  ])("comes whole: %s", async (_, behaviour, expected) => {
    const { registry } = await openOn(behaviour);
    expect(textOf(await registry.get(hash))).toBe(expected);
  });

  const nothings = Buffer.concat(Array.from({ length: 1000 }, () => gzipSync("")));
  it.each([
    ["by one byte", answer(200, Buffer.concat([most, Buffer.from("a")]))],
    ["2 MiB", answer(200, Buffer.alloc(2 * MOST_BYTES))],
    ["2 MiB in chunks", drip([most, most], 1)],
    ["without end", flood(Buffer.alloc(1 << 16))],
    ["by one byte, packed", answer(200, gzipSync(Buffer.alloc(MOST_BYTES + 1)), gzip)],
    ["16 MiB, packed", answer(200, bomb, gzip)],
    ["16 MiB, packed by br", answer(200, brotliCompressSync(zeros), { "content-encoding": "br" })],
    ["without end, packed", flood(bomb, gzip)],
    ["without end, unpacked to nothing", flood(nothings, gzip)],
  ])("is too large: %s", async (_, behaviour) => {
    const { server, registry } = await openOn(behaviour);
    expect(await registry.get(hash)).toMatchObject(tooLarge);
    expect(await registry.getMapping(hash, { language: "eng", hash })).toMatchObject(tooLarge);
    expect(await failureOf(registry.listMappings(hash))).toMatch(/is no list of mappings/);
    expect(server.requests).toHaveLength(3);
    server.behave(fine);
    expect(textOf(await registry.get(hash))).toBe(body);
  });
});

describe("connections", () => {
  const hashes = Array.from({ length: 100 }, (_, index) => `${index}`.padStart(64, "0"));

  it("are used again", async () => {
    const { server, registry } = await openOn(inTurn(answer(404), redirect("/x"), fine));
    for (const one of hashes.slice(0, 20)) await registry.get(one);
    // undici lets a connection rest for a turn before it is used again, and takes another.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it("may be closed by the server between two requests", async () => {
    const { server, registry } = await openOn(closeAfter(fine));
    for (const one of hashes.slice(0, 20)) {
      expect(textOf(await registry.get(one))).toBe(body);
      await new Promise((resolve) => setTimeout(resolve, Number(one) % 3));
    }
    expect(server.connections()).toBeGreaterThan(1);
  });

  it("are 16 at most", async () => {
    let waiting: (() => void)[] = [];
    let most = 0;
    const { server, registry } = await openOn((request, response) => {
      waiting.push(() => fine(request, response));
      most = Math.max(most, waiting.length);
      // All that come at a time are there, and then some time for one too many.
      if (waiting.length < 16 && server.requests.length < hashes.length) return;
      setTimeout(() => {
        for (const one of waiting) one();
        waiting = [];
      }, 20);
    });
    await Promise.all(hashes.map((one) => registry.get(one)));
    expect([most, server.connections()]).toEqual([16, 16]);
  });

  it("are one for the same file at the same time", async () => {
    const { server, registry } = await openOn(inTurn(answer(503), fine));
    const found = await Promise.all(hashes.map(() => registry.get(hash)));
    for (const one of found) expect(textOf(one)).toBe(body);
    expect(server.requests).toHaveLength(2);
    await registry.get(hash);
    expect(server.requests).toHaveLength(3);
  });

  it("carry no cookie, and say who asks", async () => {
    const { server, registry } = await openOn(answer(200, body, { "set-cookie": "a=b; Path=/" }));
    for (const one of hashes.slice(0, 2)) await registry.get(one);
    for (const { headers } of server.requests) {
      expect(Object.keys(headers).sort()).toEqual([
        "accept",
        "accept-encoding",
        "connection",
        "host",
        "user-agent",
      ]);
      expect(headers["user-agent"]).toMatch(/^ouverture\/\d+\.\d+\.\d+/);
    }
    const named = open(server.url, { userAgent: "another/1" });
    await named.get(hash);
    expect(server.requests[2]?.headers["user-agent"]).toBe("another/1");
  });

  it("pass over what the server says first", async () => {
    const { registry } = await openOn((request, response) => {
      response.writeEarlyHints({ link: "</x>; rel=preload" }, () => fine(request, response));
    });
    expect(textOf(await registry.get(hash))).toBe(body);
  });

  it("go to IPv6", async (context) => {
    const server = await startServer(fine, { host: "::1" }).catch(() => context.skip());
    expect(server.url).toMatch(/^http:..\[::1\]:/);
    expect(textOf(await open(server.url).get(hash))).toBe(body);
  });

  it("end when it is closed", async () => {
    const { server, registry } = await openOn(hang);
    const asked = hashes.map((one) => failureOf(registry.get(one)));
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await registry.close();
    for (const message of await Promise.all(asked)) {
      expect(message).toMatch(/was closed before it answered; open it again/);
    }
    expect(await failureOf(registry.get(hash))).toMatch(/was closed before/);
    await registry.close();
  });

  it("are not waited for when it is closed", async () => {
    const wait = 3_600_000;
    const delays = [
      await openOn(answer(503, "", { "retry-after": "3600" }), { longestWait: wait }),
      await openOn(answer(503), { retryDelay: wait, longestWait: wait }),
    ];
    for (const { server, registry } of delays) {
      const asked = failureOf(registry.get(hash));
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await registry.close();
      expect(await asked).toMatch(/was closed before it answered/);
    }
  });
});
