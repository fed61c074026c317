import stringWidth from "string-width";
import { expect, it } from "vitest";
import { type Branch, renderTree } from "../../src/output/tree.js";
import { file, terminal } from "./screens.js";

function branch(label: string, ...children: Branch[]): Branch {
  return { label: [label.padEnd(4, label), "平均 of all the numbers"], children };
}
const TREE = branch("a", branch("b", branch("c"), branch("d")), branch("e", branch("f")));

it("draws a tree", () => {
  expect(renderTree(TREE, file)).toMatchInlineSnapshot(`
    "aaaa 平均 of all the numbers
    ├── bbbb 平均 of all the numbers
    │   ├── cccc 平均 of all the numbers
    │   └── dddd 平均 of all the numbers
    └── eeee 平均 of all the numbers
        └── ffff 平均 of all the numbers
    "
  `);
});

it("stays within the terminal", () => {
  const lines = renderTree(TREE, terminal(22)).trimEnd().split("\n");
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(22);
  expect(lines[2]).toBe("│   ├── cccc 平均 of…");
});

it("goes as deep as it has to", () => {
  let deep: Branch = branch("a");
  for (let depth = 0; depth < 5000; depth += 1) deep = { label: ["b"], children: [deep] };
  expect(renderTree(deep, terminal(80)).split("\n")).toHaveLength(5002);
});
