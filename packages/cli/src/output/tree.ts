/** A tree, as the dependencies of a function are shown. */
import { type Cell, renderCell, widthOf } from "./cell.js";
import type { Screen } from "./screen.js";

export interface Branch {
  /** One line: cells with a blank between. */
  readonly label: readonly Cell[];
  readonly children: readonly Branch[];
}

/** Writes each branch on a line, those below it indented under it. Any depth. */
export function renderTree(root: Branch, screen: Screen): string {
  const lines: string[] = [];
  const waiting: { branch: Branch; lead: string; below: string }[] = [
    { branch: root, lead: "", below: "" },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { branch, lead, below } = next;
    lines.push(
      screen.paint.faint(lead) + renderLabel(branch.label, screen.width - lead.length, screen),
    );
    const last = branch.children.length - 1;
    for (let index = last; index >= 0; index -= 1) {
      const child = branch.children[index];
      if (child === undefined) continue;
      const [corner, line] = index === last ? ["└── ", "    "] : ["├── ", "│   "];
      waiting.push({ branch: child, lead: below + corner, below: below + line });
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The cells of a line, the last cut where the terminal ends. */
function renderLabel(label: readonly Cell[], width: number, screen: Screen): string {
  let left = Math.max(width, 1);
  return label
    .map((cell) => {
      const shown = renderCell(cell, screen, { most: left });
      left = Math.max(left - widthOf(cell) - 1, 0);
      return shown;
    })
    .filter((shown) => shown !== "")
    .join(" ");
}
