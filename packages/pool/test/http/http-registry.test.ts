/** What a registry over HTTP says of what it has: lists of mappings and of functions. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openListing } from "../../src/http/http-index.js";
import type { FunctionSource } from "../../src/store.js";
import { answer, type Behaviour, byPath, drip, flood, inTurn, truncate } from "./faulty-server.js";
import { failureOf, openOn } from "./http-open.js";

function hashOf(text: string | number): string {
  return createHash("sha256").update(String(text)).digest("hex");
}

const hash = hashOf("function");
const folder = `/objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}`;
/** Sorted. */
const many = Array.from({ length: 2000 }, (_, index) => hashOf(index)).sort();
const [a = "", b = "", c = ""] = many;

async function listed(registry: FunctionSource): Promise<string[]> {
  const hashes: string[] = [];
  for await (const one of registry.list() ?? []) hashes.push(one);
  return hashes;
}

describe("the mappings of a function", () => {
  const index = (value: unknown): Behaviour =>
    byPath({ [`${folder}/index.json`]: answer(200, JSON.stringify(value)) });

  it("are those of index.json, of one language or of all", async () => {
    const { registry } = await openOn(index({ fra: [c], eng: [b, a] }));
    expect(await registry.listMappings(hash, "eng")).toEqual([
      { language: "eng", hash: b },
      { language: "eng", hash: a },
    ]);
    expect(await registry.listMappings(hash, "deu")).toEqual([]);
    expect(await registry.listMappings(hash)).toEqual([
      { language: "fra", hash: c },
      { language: "eng", hash: b },
      { language: "eng", hash: a },
    ]);
  });

  it.each<[string, string, readonly [string, string][]]>([
    ["no language", `{"../x":["${a}"],"":["${a}"],"sha256":["${a}"],"a/b":["${a}"]}`, []],
    ["__proto__", `{"__proto__":["${a}"],"constructor":["${a}"]}`, [["constructor", a]]],
    ["no hash", `{"eng":["../../x","${a.toUpperCase()}","${a}/..","${a}"]}`, [["eng", a]]],
    ["no text", `{"eng":[1,null,["${a}"],{"a":"${a}"},"${a}"]}`, [["eng", a]]],
    [
      "the same again",
      `{"eng":["${b}","${a}","${b}"]}`,
      [
        ["eng", b],
        ["eng", a],
      ],
    ],
    ["nothing", "{}", []],
    ["no mapping", '{"eng":[],"fra":[]}', []],
    ["spaces", ` {\r\n\t"eng" : [ "${a}" ] } `, [["eng", a]]],
  ])("are clean: %s", async (_, text, expected) => {
    const { registry } = await openOn(answer(200, text));
    expect(await registry.listMappings(hash)).toEqual(
      expected.map(([language, one]) => ({ language, hash: one })),
    );
    for (const language of ["__proto__", "toString", "../x"]) {
      expect(await registry.listMappings(hash, language)).toEqual([]);
    }
  });

  it.each([
    ["nothing", ""],
    ["a page", "<!doctype html><title>Not found</title>"],
    ["half of it", `{"eng":["${a}"`],
    ["a list", `["${a}"]`],
    ["a list of a list", `{"eng":{"0":"${a}"}}`],
    ["null", "null"],
    ["a text", '"eng"'],
    ["deep", "[".repeat(500_000)],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
    ["too long", JSON.stringify({ eng: Array.from({ length: 100_000 }, (_, n) => hashOf(n)) })],
  ])("are an error where they are no such list: %s", async (_, text) => {
    const { server, registry } = await openOn(answer(200, text));
    const message = await failureOf(registry.listMappings(hash));
    expect(message).toContain(`${server.url}${folder.slice(1)}/index.json is no list of mappings;`);
  });

  it("are of one age where they are very many", async () => {
    const hashes = many.slice(0, 100);
    const { server, registry } = await openOn(index({ eng: hashes, fra: hashes, deu: hashes }));
    expect(await registry.listMappings(hash)).toHaveLength(300);
    expect(server.requests).toHaveLength(1);
  });

  it("may be as many as fit", async () => {
    const hashes = Array.from({ length: 15_000 }, (_, n) => hashOf(n)).sort();
    const { server, registry } = await openOn(index({ eng: hashes }));
    expect(await registry.listMappings(hash)).toHaveLength(15_000);
    expect(server.requests).toHaveLength(1);
  });

  describe("in one language", () => {
    const on = (day: number): Behaviour => {
      const modified = new Date(Date.UTC(2026, 0, day)).toUTCString();
      return answer(200, "{}", { "last-modified": modified });
    };
    const place = (one: string): string =>
      `${folder}/eng/sha256/${one.slice(0, 2)}/${one.slice(2)}/mapping.json`;

    it.each<[string, readonly (Behaviour | undefined)[], readonly string[]]>([
      ["by age", [on(3), on(1), on(2)], [b, c, a]],
      ["by the list where they are of one age", [on(1), on(1), on(1)], [a, b, c]],
      ["those last that say no age", [answer(200, "{}"), on(2), on(1)], [c, b, a]],
      ["those last that are not there", [undefined, on(2), on(1)], [c, b, a]],
    ])("stand in their order: %s", async (_, files, expected) => {
      const places = [a, b, c].map((one, n) => [place(one), files[n] ?? answer(404)]);
      const list = answer(200, JSON.stringify({ eng: [a, b, c], fra: [a] }));
      const { server, registry } = await openOn(
        byPath({ ...Object.fromEntries(places), [`${folder}/index.json`]: list }),
      );
      const references = await registry.listMappings(hash, "eng");
      expect(references).toEqual(expected.map((one) => ({ language: "eng", hash: one })));
      expect(server.requests).toHaveLength(4);
    });

    it("stand in the order of the list where that is not of the hashes", async () => {
      const list = answer(200, JSON.stringify({ eng: [c, a, b] }));
      const { server, registry } = await openOn(byPath({ [`${folder}/index.json`]: list }));
      expect((await registry.listMappings(hash)).map((one) => one.hash)).toEqual([c, a, b]);
      expect(server.requests).toHaveLength(1);
    });
  });
});

describe("the functions of a registry", () => {
  const list = (functions: readonly string[]): string => JSON.stringify({ functions }, null, 2);

  it.each<[string, string, readonly string[]]>([
    ["none", '{"functions":[]}', []],
    ["one", `{"functions":["${a}"]}`, [a]],
    ["many", list(many), many],
    ["with spaces", `\n { "functions"\t:\r\n[ "${a}"  ,\n"${b}" ] } \n`, [a, b]],
    ["with many spaces", `{"functions":[${" ".repeat(1 << 20)}"${a}"]}`, [a]],
  ])("are those of objects/index.json: %s", async (_, text, expected) => {
    const { server, registry } = await openOn(byPath({ "/objects/index.json": answer(200, text) }));
    expect(await listed(registry)).toEqual(expected);
    server.behave(answer(200, gzipSync(text), { "content-encoding": "gzip" }));
    expect(await listed(registry)).toEqual(expected);
  });

  it.each([1, 7, 66, 67, 1000])("may come in pieces of %i", (length) => {
    const reader = openListing();
    const text = Buffer.from(list(many));
    for (let at = 0; at < text.length; at += length) reader.take(text.subarray(at, at + length));
    expect([...(reader.end()?.hashes() ?? [])]).toEqual(many);
  });

  it.each([
    ["nothing", ""],
    ["a page", "<!doctype html><title>Not found</title>"],
    ["half of it", list(many).slice(0, 70_000)],
    ["almost all", list(many).slice(0, -1)],
    ["more", `${list([a])} {}`],
    ["a word more", `${list([a])} x`],
    ["a list", `["${a}"]`],
    ["another key", `{"objects":["${a}"]}`],
    ["two keys", `{"functions":["${a}"],"x":1}`],
    ["the key of a prototype", `{"constructor":["${a}"]}`],
    ["marks in quotes", '"{" "functions" ":" "[" "]" "}"'],
    ["a word in the place of a hash", '{"functions":["hash"]}'],
    ["a path", '{"functions":["../../x"]}'],
    ["a hash in capitals", `{"functions":["${a.toUpperCase()}"]}`],
    ["a number", '{"functions":[1]}'],
    ["a comma too many", `{"functions":["${a}",]}`],
    ["a comma too few", `{"functions":["${a}" "${b}"]}`],
    ["a long text", `{"functions":["${"a".repeat(1 << 20)}"]}`],
    ["not in order", list([b, a])],
    ["one twice", list([a, a])],
  ])("are an error where they are no such list: %s", async (_, text) => {
    const { server, registry } = await openOn(answer(200, text));
    for (const asking of [listed(registry), registry.complete(a.slice(0, 8))]) {
      expect(await failureOf(asking)).toContain(
        `${server.url}objects/index.json is no sorted list of functions;`,
      );
    }
  });

  it("are an error where there are too many", async () => {
    const { registry } = await openOn(flood(Buffer.alloc(1 << 20, " ")));
    expect(await failureOf(listed(registry))).toMatch(/is no sorted list of functions;/);
  });

  it("are an error where it does not say them", async () => {
    const { registry } = await openOn(answer(404));
    expect(await failureOf(listed(registry))).toMatch(
      /objects.index.json is not there, so that its functions cannot be listed; publish/,
    );
    expect(await registry.complete(a.slice(0, 8))).toEqual([]);
  });

  it("are asked for again where they are cut off", async () => {
    const text = list(many);
    const { server, registry } = await openOn(inTurn(truncate(text), answer(200, text)));
    expect(await listed(registry)).toEqual(many);
    expect(server.requests).toHaveLength(2);
  });

  it("may take longer than one file, while they come", async () => {
    const text = list(many);
    const spaces = Buffer.alloc(1 << 20, " ");
    const { server, registry } = await openOn(drip([spaces, spaces, spaces, text], 250), {
      timeout: 700,
    });
    expect(await listed(registry)).toEqual(many);
    expect(server.requests).toHaveLength(1);
  });

  it("complete hashes from four digits on, from one list until it is listed again", async () => {
    const { server, registry } = await openOn(inTurn(answer(503), answer(200, list([a, b]))));
    expect(await registry.complete(a.slice(0, 3))).toEqual([]);
    expect(await registry.complete(`${a}0`)).toEqual([]);
    expect(server.requests).toHaveLength(0);
    const completed = await Promise.all([4, 8, 64].map((n) => registry.complete(a.slice(0, n))));
    expect(completed).toEqual([[a], [a], [a]]);
    expect(server.requests).toHaveLength(2);
    server.behave(answer(200, list([a, b, c])));
    expect(await registry.complete(c.slice(0, 8))).toEqual([]);
    expect(await listed(registry)).toEqual([a, b, c]);
    expect(await registry.complete(c.slice(0, 8))).toEqual([c]);
    expect(server.requests).toHaveLength(3);
  });

  it("are asked for again after they failed", async () => {
    const failing = inTurn(answer(503), answer(503), answer(503), answer(200, list([a])));
    const { registry } = await openOn(failing);
    await failureOf(registry.complete(a));
    expect(await registry.complete(a)).toEqual([a]);
  });
});
