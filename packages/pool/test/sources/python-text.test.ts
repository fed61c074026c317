import { spawnSync } from "node:child_process";
import { IMPORTER_WORDS } from "@ouverture/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayJoinName, readPythonText, spellsPool } from "../../src/sources/python-text.js";

const MARK = [0xef, 0xbb, 0xbf];

function bytes(...parts: (string | readonly number[])[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : Buffer.from(part))),
  );
}

const body = "# ouverture\nx = 'é日'\n";
const latin = [...Buffer.from("# ouverture\nx = 'é'\n", "latin1")];

/** Files that name the pool, and whether they have a text. */
const files: [name: string, file: Buffer, kind: string][] = [
  ["UTF-8", bytes(body), "text"],
  ["UTF-8 with a mark", bytes(MARK, body), "text"],
  ["UTF-8 declared", bytes("# -*- coding: utf-8 -*-\n", body), "text"],
  ["UTF-8 declared otherwise", bytes("# vim: set fileencoding=UTF_8-unix :\n", body), "text"],
  ["a mark and UTF-8 declared", bytes(MARK, "# coding: UTF_8\n", body), "text"],
  ["a mark and another name", bytes(MARK, "# coding: utf8\n", body), "undecodable"],
  ["a mark and another", bytes(MARK, "# coding: latin-1\n", body), "undecodable"],
  ["no UTF-8", bytes(latin), "undecodable"],
  ["Latin-1", bytes("# coding: latin-1\n", latin), "text"],
  ["Latin-1, on the second line", bytes("#!/usr/bin/python\n# coding=iso-8859-1\n", latin), "text"],
  ["after a blank line", bytes("\n# coding: latin-1\n", latin), "text"],
  ["after a line with a form feed", bytes(" \t\f\n# coding: latin-1\n", latin), "text"],
  ["on the third line", bytes("#\n#\n# coding: latin-1\n", latin), "undecodable"],
  ["after code", bytes("x = 1\n# coding: latin-1\n", latin), "undecodable"],
  ["with CR line ends", bytes("#!python\r# coding: latin-1\r", latin), "text"],
  ["ISO 8859-15", bytes("# coding: iso-8859-15\n", latin), "text"],
  ["Windows 1252", bytes("# coding: cp1252\n", latin), "text"],
  ["Windows 1251", bytes("# coding: windows-1251\n", latin), "text"],
  ["KOI8-R", bytes("# coding: koi8-r\n", latin), "text"],
  ["EUC-JP", bytes("# coding: euc_jp\n# ouverture ", [0xc6, 0xfc], "\n"), "text"],
  ["Shift JIS", bytes("# coding: shift_jis\n# ouverture ", [0x93, 0xfa], "\n"), "text"],
  ["GBK", bytes("# coding: gbk\n# ouverture ", [0xc8, 0xd5], "\n"), "text"],
  ["Big5", bytes("# coding: big5\n# ouverture ", [0xa4, 0xe9], "\n"), "text"],
  ["EUC-JP that is none", bytes("# coding: euc_jp\n# ouverture ", [0xff], "\n"), "undecodable"],
  ["ASCII that is none", bytes("# coding: ascii\n", latin), "undecodable"],
  ["an encoding that is none", bytes("# coding: klingon\n", body), "undecodable"],
];

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Files that do not spell the name of the pool, and whether they may put it together. */
const joined: [name: string, file: Buffer, kind: string][] = [
  ["pieces", bytes('__import__("ouver" "ture")\n'), "text"],
  ["pieces, for importlib", bytes('import importlib\nn = "ouver" + "ture"\n'), "text"],
  ["pieces, for exec", bytes('exec("import ou" "verture")\n'), "text"],
  ["pieces, for eval", bytes("eval(\"__impor\" \"t__('ou' 'verture')\")\n"), "text"],
  ["escapes", bytes('__import__("ou\\x76erture")\n'), "text"],
  ["with a mark", bytes(MARK, '__import__("ouver" "ture")\n'), "text"],
  ["beside other letters", bytes('# é\n__import__("ouver" "ture")\n'), "text"],
  ["in Latin-1", bytes("# coding: latin-1\n#", [0xe9], '\nexec("import ouver" "ture")\n'), "text"],
  ["importers in other letters", bytes('\u{1d41e}xec("import ouver" "ture")\n'), "text"],
  ["pieces that nothing imports", bytes('x = "ouver" "ture"\n'), "unrelated"],
  ["pieces of something else", bytes('__import__("ouver" "ts")\n'), "unrelated"],
  ["an importer", bytes("import importlib\nexec(x)\n"), "unrelated"],
];

describe("readPythonText", () => {
  it.each([...files, ...joined])("%s", (_, file, kind) => {
    expect(readPythonText(file).kind).toBe(kind);
  });

  it.runIf(hasPython)("reads the text that Python reads", () => {
    const program = [
      "import io, json, sys, tokenize, base64",
      "for line in sys.stdin:",
      "  data = base64.b64decode(line)",
      "  try:",
      "    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)",
      "    print(json.dumps(data.decode(encoding)))",
      "  except (SyntaxError, UnicodeError, LookupError): print('null')",
    ].join("\n");
    // tokenize.detect_encoding splits lines at \n alone; the parser does not.
    const asked = files.filter(([name]) => !name.includes("CR"));
    const run = spawnSync("python3", ["-c", program], {
      input: asked.map(([, file]) => file.toString("base64")).join("\n"),
      encoding: "utf8",
    });
    const expected = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as string | null);
    const ours = asked.map(([, file]) => {
      const read = readPythonText(file);
      return read.kind === "text" ? read.text : null;
    });
    expect(ours).toEqual(expected);
  });

  it.each([
    ["plain", bytes("import os\n"), "unrelated"],
    ["with other characters", bytes("x = 'é日'\n"), "unrelated"],
    ["broken, and Python refuses it", bytes("x = '", [0xff], "'\n"), "unrelated"],
    ["wide letters", bytes("import ｏｕｖｅｒｔｕｒｅ\n"), "text"],
    [
      "UTF-7, which can hide anything",
      bytes("# coding: utf-7\nimport +AG8-uverture\n"),
      "undecodable",
    ],
    ["EBCDIC", bytes("# coding: cp037\n"), "undecodable"],
    ["empty", bytes(""), "unrelated"],
  ])("a file that does not name the pool: %s", (_, file, kind) => {
    expect(readPythonText(file).kind).toBe(kind);
  });
});

describe("the words that are looked for", () => {
  it("are found wherever they stand, and nothing else is taken for them", () => {
    const words = ["ouverture", ...IMPORTER_WORDS];
    const piece = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(...words).map((word) => word.slice(0, -1)),
      fc.constantFrom(...words).map((word) => word.slice(1)),
      fc.string({ maxLength: 3, unit: "binary" }),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (text) => {
        const bytes = Buffer.from(text);
        expect(spellsPool(bytes)).toBe(text.includes("ouverture"));
        expect(mayJoinName(bytes)).toBe(IMPORTER_WORDS.some((word) => text.includes(word)));
      }),
    );
  });
});
