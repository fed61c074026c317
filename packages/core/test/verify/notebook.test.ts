import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse/module.js";
import { takeMagics } from "../../src/verify/magics.js";
import { notebookMentionsPool, readNotebook } from "../../src/verify/notebook.js";
import { searchSource } from "../../src/verify/search-source.js";

const HASH = `a${"4f".repeat(31)}0`;
const IMPORT = `from ouverture.pool import object_${HASH} as mean`;

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly input?: unknown;
}

function notebook(...cells: readonly (string | Cell)[]): string {
  const whole = cells.map((cell) =>
    typeof cell === "string" ? { cell_type: "code", source: cell, outputs: [] } : cell,
  );
  return JSON.stringify({ nbformat: 4, metadata: {}, cells: whole });
}

/** What is found, as `cell:line:column what`. */
function foundIn(json: string): string[] {
  const { imports, problems } = searchSource({ kind: "notebook", path: "a.ipynb", text: json });
  const told = [
    ...imports.map(({ kind, form, name, location }) => {
      const short = name.replace(HASH, "H");
      return {
        location,
        what: kind === "function" ? `${form} ${short}` : `${kind} ${form} ${short}`,
      };
    }),
    ...problems.map(({ detail, location }) => {
      const reason = "reason" in detail.data ? detail.data.reason : "";
      return { location, what: `${detail.code} ${reason}` };
    }),
  ];
  return told.map(({ what, location }) => {
    expect(location.path).toBe("a.ipynb");
    return `${location.cell ?? "-"}:${location.line}:${location.column} ${what}`;
  });
}

const found: [title: string, json: string, ...found: string[]][] = [
  ["a text", notebook("import os", `\n${IMPORT}`), "2:2:28 from object_H"],
  [
    "a list of lines",
    notebook({ cell_type: "code", source: ["x = 1\n", `${IMPORT}\n`, "mean(x)"] }),
    "1:2:28 from object_H",
  ],
  [
    "cells of all kinds are counted",
    notebook({ cell_type: "markdown", source: ["# ouverture"] }, IMPORT),
    "2:1:28 from object_H",
  ],
  ["prose is not searched", notebook({ cell_type: "raw", source: IMPORT }, "ouverture = 1")],
  ["cells without a kind are", notebook({ source: IMPORT }), "1:1:28 from object_H"],
  [
    "version 3",
    JSON.stringify({
      nbformat: 3,
      worksheets: [
        { cells: [{ cell_type: "heading", source: ["ouverture"] }] },
        { cells: [{ cell_type: "code", language: "python", input: [IMPORT] }] },
      ],
    }),
    "2:1:28 from object_H",
  ],
  [
    "escaped letters",
    notebook(IMPORT).replace("ouverture", "ouv\\u0065rture"),
    "1:1:28 from object_H",
  ],
  ["a byte order mark", `\ufeff${notebook(IMPORT)}`, "1:1:28 from object_H"],
  [
    "keys such as __proto__",
    `{"__proto__": {"cells": []}, "cells": [{"cell_type": "code", "source": ${JSON.stringify(IMPORT)}}]}`,
    "1:1:28 from object_H",
  ],
  ["what is no Python", notebook("x = (", "ouverture = ("), "2:1:13 unreadable-source syntax"],
  ["no JSON", `{"cells": [ouverture`, "-:1:1 unreadable-source not-a-notebook"],
  [
    "no JSON, and the pool is escaped",
    `{"ouv\\u0065rture`,
    "-:1:1 unreadable-source not-a-notebook",
  ],
  ["no JSON, and nothing of the pool", `{"cells": [`],
  ["no cells", `{"ouverture": 1}`, "-:1:1 unreadable-source not-a-notebook"],
  ["a list", `["ouverture"]`, "-:1:1 unreadable-source not-a-notebook"],
  ["a cell that is none", `{"cells": [1, "ouverture"]}`, "-:1:1 unreadable-source not-a-notebook"],
  [
    "a source that is no text",
    notebook({ cell_type: "code", source: { ouverture: 1 } }),
    "-:1:1 unreadable-source not-a-notebook",
  ],
  ["very deep JSON", `{"ouverture": ${"[".repeat(10_000)}${"]".repeat(10_000)}, "cells": []}`],
];

const magics: [cell: string, ...found: string[]][] = [
  [`%matplotlib inline\n${IMPORT}`, "1:2:28 from object_H"],
  [`!pip install ouverture\n${IMPORT}`, "1:2:28 from object_H"],
  [`!echo "it's (\n${IMPORT}`, "1:2:28 from object_H"],
  [`files = !ls (\n${IMPORT}`, "1:2:28 from object_H"],
  [`a, b = %sql select (\n${IMPORT}`, "1:2:28 from object_H"],
  [`if x:\n    !ls\n    ${IMPORT}`, "1:3:32 from object_H"],
  [`mean?\n${IMPORT}\n?mean\nmean??\n%time?`, "1:2:28 from object_H"],
  [`/mean x\n,mean x\n;mean x\n${IMPORT}`, "1:4:28 from object_H"],
  [`%env A=1 \\\n  b (\n${IMPORT}`, "1:3:28 from object_H"],
  [`x = """\n%time\n!ls\n"""\n%time\n${IMPORT}`, "1:6:28 from object_H"],
  [`x = (1\n% 2)\n!ls\n${IMPORT}`, "1:4:28 from object_H"],
  [`!ls\r\n${IMPORT}\r\n`, "1:2:28 from object_H"],
  [`%%time\n${IMPORT}`, "1:2:28 from object_H"],
  [`\n\n%%time\n${IMPORT}`, "1:4:28 from object_H"],
  [`%%capture --no-stderr out\n!ls\n${IMPORT}`, "1:3:28 from object_H"],
  [`%%python3\n${IMPORT}`, "1:2:28 from object_H"],
  [`%%timeit -n 10 ${IMPORT}\nmean(1)`, "1:1:43 from object_H"],
  [`%%mystery of its own\n${IMPORT}`, "1:2:28 from object_H"],
  [`%%writefile a.py\n${IMPORT}`, "1:2:28 from object_H"],
  [`%time ${IMPORT}`, "1:1:34 from object_H"],
  [`for x in y:\n  %timeit -n 3 ${IMPORT}`, "1:2:43 from object_H"],
  [`%timeit __import__('ouverture')`, "1:1:9 dynamic call builtins.__import__"],
  [`%timeit __import__('ouver' "ture")`, "1:1:9 dynamic call builtins.__import__"],
  [`a = "ouv"\nb = "erture"\n__import__(a + b)`, "1:3:1 dynamic call builtins.__import__"],
  [`exec("import ou\\x76erture")`, "1:1:1 dynamic call builtins.exec"],
  [`%%time\nouverture = (`, "1:2:13 unreadable-source syntax"],
  // What is run elsewhere, or by name.
  [`!python -c "import ouverture"`, "1:1:1 dynamic magic !"],
  [`!python3.14 -m ouverture.pool`, "1:1:1 dynamic magic !"],
  [`x = !python -Ic "__import__('ouverture')"`, "1:1:1 dynamic magic !"],
  [`  !!py -c "from ouverture.pool import x"`, "1:1:3 dynamic magic !"],
  [`%run -m ouverture.pool`, "1:1:1 dynamic magic %run"],
  [`%load_ext ouverture`, "1:1:1 dynamic magic %load_ext"],
  [`%sx python -c 'import ouverture'`, "1:1:1 dynamic magic %sx"],
  [`%timeit for x in y: import ouverture.pool as p(`, "1:1:1 dynamic magic %timeit"],
  [`%%bash\npython -c 'from ouverture.pool import object_${HASH}'`, "1:1:1 dynamic magic %%bash"],
  [`%%script python -c "import ouverture"\n1 +`, "1:1:1 dynamic magic %%script"],
  [`%%!\npython -c 'import ouverture'`, "1:1:1 dynamic magic %%!"],
  [`;exec from ouverture import pool`, "1:1:1 dynamic magic ;"],
  [`,__import__ ouverture`, "1:1:1 dynamic magic ,"],
  ["get_ipython().run_line_magic('run', '-m ouverture.pool')", "1:1:1 dynamic call run_line_magic"],
  ["get_ipython().system('python -c \"import ouverture\"')", "1:1:1 dynamic call system"],
  [`get_ipython().run_cell(${JSON.stringify(IMPORT)})`, "1:1:1 dynamic call run_cell"],
  [`ip.run_cell_magic('time', '', 'import ouverture.pool')`, "1:1:1 dynamic call run_cell_magic"],
  // What names the package and reaches nothing.
  ["!pip install ouverture"],
  ["%pip install -U ouverture"],
  ["!ouverture verify --all"],
  ["%%bash\nouverture verify --all ."],
  ["%%html\n<p>from ouverture.pool import x</p>"],
  ["?ouverture.pool"],
  ["%cd ../ouverture"],
  [`    !ls\n    ${IMPORT}\n  `, "1:2:32 from object_H"],
];

describe("the cells of a notebook", () => {
  it.each(found.map(([title, json, ...places]) => ({ title, json, places })))("$title", (row) => {
    expect(foundIn(row.json)).toEqual(row.places);
  });

  it.each(magics.map(([cell, ...places]) => ({ cell, places })))("$cell", ({ cell, places }) => {
    expect(foundIn(notebook(cell))).toEqual(places);
  });

  it("are read in time that grows with their size", () => {
    const line = `!ls "(\n%time f(x)\nx = %sql '\ny = [1,\n2]\n`;
    const source = line.repeat(20_000) + IMPORT;
    expect(foundIn(notebook(source))).toEqual(["1:100001:28 from object_H"]);
    const quotes = `%x\n"""${"\\'".repeat(200_000)}"""\n${IMPORT}`;
    expect(foundIn(notebook(quotes))).toEqual(["1:3:28 from object_H"]);
  });
});

describe("takeMagics", () => {
  const parts = [
    "%time f(x)",
    "%t",
    "!ls '(",
    "x = !ls",
    "x = 1",
    "if x:\n  !a\n  y",
    "a?",
    "'''\n!\n'''",
    "%%bash",
    "(1,\n2)",
    "#",
    "\\",
    "\r\n",
    "\n",
    "\t",
    '"',
    "/f a",
    ";f a",
  ];
  const source = fc
    .array(fc.constantFrom(...parts), { maxLength: 12 })
    .map((all) => all.join("\n"));

  it("keeps every line at its place, and Python as it is", () => {
    fc.assert(
      fc.property(source, (text) => {
        const taken = takeMagics(text);
        if (taken.text !== "") expect(linesOf(taken.text)).toBe(linesOf(text));
        if (parse(text).ok) expect(taken).toEqual({ text, magics: [], indentation: 0 });
      }),
      { numRuns: 2000 },
    );
  });

  function linesOf(text: string): number {
    return text.split(/\r\n|\r|\n/).length;
  }
});

describe("readNotebook", () => {
  it("gives nothing, or cells, of any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const cells = readNotebook(text);
        if (cells !== null) for (const { source } of cells) expect(typeof source).toBe("string");
      }),
    );
  });

  it("is asked where the pool is named, however it is escaped", () => {
    const letters = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(letters, (escaped) => {
        const name = [..."ouverture"]
          .map((char, index) =>
            escaped[index] === true
              ? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`
              : char,
          )
          .join("");
        expect(notebookMentionsPool(`{"cells": ["import ${name}"]}`)).toBe(true);
      }),
    );
    expect(notebookMentionsPool('{"cells": ["\\u001b[31mouver"]}')).toBe(false);
    // No notebook, and no name: there is nothing to tell.
    const path = "a.ipynb";
    const text = '{"exec": "ouver", "ture';
    expect(searchSource({ kind: "notebook", path, text })).toEqual({ imports: [], problems: [] });
  });
});
