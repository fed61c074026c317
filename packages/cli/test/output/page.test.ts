import { expect, it } from "vitest";
import { renderPage } from "../../src/output/page.js";
import { file, terminal } from "./screens.js";

const PAGE = [
  {
    parts: [
      { label: "hash", value: "1a10a1ae3d69" },
      { label: "author", value: "Łukasz 平" },
      { label: "docstring", value: "The mean of the numbers, or nothing at all." },
    ],
  },
  { heading: "empty", parts: [] },
  { heading: "fra", parts: [{ text: "Moyenne de tous les nombres\n\nqui sont donnés." }] },
  { heading: "source", parts: [{ lines: ["def f(x):", "    return '\u001b'"] }] },
];

it("shows sections", () => {
  expect(renderPage(PAGE, terminal(30))).toMatchInlineSnapshot(`
    "hash       1a10a1ae3d69
    author     Łukasz 平
    docstring  The mean of the
               numbers, or nothing
               at all.

    fra
      Moyenne de tous les nombres

      qui sont donnés.

    source
      def f(x):
          return '\\u001b'
    "
  `);
});

it("breaks no line without a terminal", () => {
  expect(renderPage(PAGE, file)).toContain(
    "\ndocstring  The mean of the numbers, or nothing at all.\n",
  );
});
