import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type JsonValue,
  MOST_BYTES,
  readJson,
  readParsedJson,
  writeJson,
} from "../../src/record/canonical-json.js";

/** A value of the reader as `JSON.parse` would give it. */
function plain(value: JsonValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

function reasonOf(input: string | Uint8Array): string {
  const read = readJson(input);
  return read.ok ? "ok" : read.fault.reason;
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("writeJson", () => {
  it.runIf(hasPython)("writes the bytes of Python's json.dumps", () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const documents = fc.sample(
      fc.record({
        text,
        list: fc.array(text, { maxLength: 3 }),
        members: fc.dictionary(
          text.filter((key) => !/^(0|[1-9]\d*)$/.test(key)),
          text,
          { maxKeys: 3 },
        ),
        nested: fc.record({ none: fc.constant([]), number: fc.integer(), yes: fc.boolean() }),
      }),
      { numRuns: 400, seed: 7 },
    );
    const control = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code));
    documents.push({ ...documents[0]!, text: `${control.join("")}\u2028\u2029\ufeff` });
    const program = [
      "import json, sys",
      "sys.stdout.reconfigure(encoding='utf-8', newline='')",
      "documents = json.load(open(0, encoding='utf-8'))",
      "json.dump([json.dumps(d, indent=2, ensure_ascii=False) for d in documents], sys.stdout)",
    ].join("\n");
    const run = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(documents),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const expected = JSON.parse(run.stdout) as string[];
    expect(documents.map((document) => writeJson(document))).toEqual(expected);
  });
});

describe("readJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ depthSize: "small", noUnicodeString: false }), (text) => {
        const read = readJson(text);
        if (/[\ud800-\udfff]/u.test(JSON.stringify(JSON.parse(text)))) return;
        expect(read.ok && plain(read.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("reads strings as JSON.parse does, whatever is escaped in them", () => {
    const units = [
      "a",
      "é",
      "日",
      "😀",
      "\\",
      '"',
      "/",
      "u",
      "n",
      "b",
      "x",
      "\n",
      "\0",
      "\t",
      "\x7f",
    ];
    const escapes = [
      "\\n",
      '\\"',
      "\\\\",
      "\\/",
      "\\u00e9",
      "\\uD83D",
      "\\ude00",
      "\\ud83d\\ude00",
      "\\u12",
    ];
    const raw = ["\ud83d", "\ude00", "\ue000", "\u2028", "\ufeff"];
    const part = fc.constantFrom(...units, ...escapes, ...escapes, ...raw);
    const spaces = fc.stringMatching(/^[ \n\r\t]{0,2}$/);
    const odd = fc.oneof({ weight: 9, arbitrary: spaces }, fc.constantFrom("\v", "\xa0", "\0"));
    const string = fc.array(part, { maxLength: 5 }).map((parts) => `"${parts.join("")}"`);
    fc.assert(
      fc.property(string, odd, odd, (literal, before, after) => {
        for (const text of [before + literal + after, `${before}{${literal}${after}:${literal}}`]) {
          const read = readJson(text);
          let parsed: unknown;
          try {
            parsed = JSON.parse(text);
          } catch {
            expect(read).toMatchObject({ ok: false });
            continue;
          }
          const isPaired = !/[\ud800-\udfff]/u.test(JSON.parse(literal));
          expect(read.ok ? plain(read.value) : read.fault.reason).toEqual(
            isPaired ? parsed : "surrogate",
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("refuses what JSON.parse refuses", () => {
    const seeds = ['{"a": [1, -2.5e3, "x\\u00e9\\n", true, false, null], "b": {}}', "[0]", '"a"'];
    const change = fc.record({
      seed: fc.constantFrom(...seeds),
      at: fc.nat(60),
      remove: fc.nat(2),
      insert: fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "0", "1", "-", ".", "e", "\\"),
    });
    fc.assert(
      fc.property(change, ({ seed, at, remove, insert }) => {
        const text = seed.slice(0, at) + insert + seed.slice(at + remove);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(readJson(text).ok).toBe(false);
          return;
        }
        const read = readJson(text);
        expect(read.ok ? plain(read.value) : read.fault.reason).toEqual(
          read.ok ? parsed : "duplicate-key",
        );
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["", "not-json"],
    ["  ", "not-json"],
    ["{} {}", "not-json"],
    ["\ufeff{}", "not-json"],
    ['{"a": 1, "a": 2}', "duplicate-key"],
    ['{"a": 1, "\\u0061": 2}', "duplicate-key"],
    ['[{"b": {"__proto__": 1, "__proto__": 1}}]', "duplicate-key"],
    ['["\\ud800"]', "surrogate"],
    ['["\\udc00\\ud800"]', "surrogate"],
    ['["\ud800"]', "surrogate"],
    ['{"\\ud800": 1}', "surrogate"],
    ['["\\ud83d\\ude00"]', "ok"],
    ["[1,]", "not-json"],
    ['{"a":1,}', "not-json"],
    ["[01]", "not-json"],
    ["[1.]", "not-json"],
    ["[.5]", "not-json"],
    ["[+1]", "not-json"],
    ["[NaN]", "not-json"],
    ["[Infinity]", "not-json"],
    ["['a']", "not-json"],
    ["[tru]", "not-json"],
    ["[truex]", "not-json"],
    ['["a\tb"]', "not-json"],
    ['["a\nb"]', "not-json"],
    ['["\\x41"]', "not-json"],
    ['["\\u12"]', "not-json"],
    ['["\\u12 4"]', "not-json"],
    ['["\\', "not-json"],
    ['["', "not-json"],
    ["[// no\n1]", "not-json"],
  ])("%j is %s", (text, expected) => {
    expect(reasonOf(text)).toBe(expected);
  });

  it("refuses bytes that are not UTF-8", () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0x80, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ]) {
      expect(reasonOf(Uint8Array.from(bytes))).toBe("not-utf8");
    }
  });

  it("keeps `__proto__` and its like as keys, and pollutes nothing", () => {
    const read = readJson('{"__proto__": {"polluted": true}, "constructor": 1}');
    expect(read.ok && read.value instanceof Map && [...read.value.keys()]).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect({}).not.toHaveProperty("polluted");
  });

  it("limits size and depth", () => {
    expect(readJson(new Uint8Array(100_000_000))).toEqual({
      ok: false,
      fault: { reason: "bytes", most: MOST_BYTES },
    });
    for (const nested of ["[".repeat(10_000), '{"a":'.repeat(10_000), "[".repeat(MOST_BYTES)]) {
      expect(reasonOf(nested)).toBe("json-depth");
    }
    expect(reasonOf(`${"[".repeat(32)}${"]".repeat(32)}`)).toBe("ok");
    expect(reasonOf(`${"[".repeat(33)}${"]".repeat(33)}`)).toBe("json-depth");
  });

  it("reads the largest documents", () => {
    const fill = (unit: string, around: readonly [string, string]) =>
      around[0] + unit.repeat(Math.floor((MOST_BYTES - 20) / unit.length)) + around[1];
    const keys = Array.from({ length: 60_000 }, (_, index) => `"k${index}": 1`).join(",");
    const documents: readonly string[] = [
      fill("\\n", ['"', '"']),
      fill("\\ud83d\\ude00", ['"', '"']),
      fill("1,", ["[", "1]"]),
      fill("1", ["[", "]"]),
      fill("  ", ["[", "]"]),
      `{${keys}}`,
    ];
    for (const document of documents) expect(reasonOf(document), document.slice(0, 20)).toBe("ok");
  });
});

describe("readParsedJson", () => {
  it("gives what readJson gives of the same document", () => {
    fc.assert(
      fc.property(fc.json({ depthSize: "small" }), (text) => {
        expect(readParsedJson(JSON.parse(text))).toEqual(
          readJson(JSON.stringify(JSON.parse(text))),
        );
      }),
    );
  });

  it.each([[undefined], [() => 1], [Symbol("a")], [1n], [{ a: undefined }], [["\ud800"]]])(
    "refuses %s",
    (value) => {
      expect(readParsedJson(value).ok).toBe(false);
    },
  );

  it("refuses a value that holds itself", () => {
    const value: unknown[] = [];
    value.push(value);
    expect(readParsedJson(value)).toMatchObject({ fault: { reason: "json-depth" } });
  });
});
