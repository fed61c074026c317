/** Rows in columns that line up, under a heading, within the width of the terminal. */
import { type Cell, renderCell, widthOf } from "./cell.js";
import type { Screen } from "./screen.js";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Never cut: a hash, a number. Others give way on a narrow terminal. */
  readonly isWhole?: boolean;
}

/** Writes the heading and the rows, each with a line end; nothing without rows. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  screen: Screen,
): string {
  if (rows.length === 0) return "";
  const heading = columns.map(({ title }) => ({ text: title, paint: screen.paint.faint }));
  const all = [heading, ...rows];
  const widths = fitWidths(columns, widestOf(columns.length, all), screen.width);
  const lines = all.map((row) =>
    columns
      .map(({ align }, index) => {
        const width = widths[index] ?? 0;
        return renderCell(row[index] ?? "", screen, { most: width, least: width, align });
      })
      .join(GAP)
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

const GAP = "  ";
/** A column is not made narrower than this. */
const NARROWEST = 8;

function widestOf(count: number, rows: readonly (readonly Cell[])[]): number[] {
  const widths = new Array<number>(count).fill(0);
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
    }
  }
  return widths;
}

/** Takes from the widest column that may be cut, until the line fits or nothing is left to take. */
function fitWidths(columns: readonly Column[], widths: readonly number[], most: number): number[] {
  const fitted = [...widths];
  const gaps = GAP.length * (columns.length - 1);
  for (;;) {
    const over = fitted.reduce((sum, width) => sum + width, gaps) - most;
    const elastic = fitted
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => columns[index]?.isWhole !== true && width > NARROWEST)
      .sort((a, b) => b.width - a.width);
    const [widest, second] = elastic;
    if (over <= 0 || widest === undefined) return fitted;
    const floor = Math.max(NARROWEST, (second?.width ?? NARROWEST) - 1);
    fitted[widest.index] = Math.max(floor, widest.width - over);
  }
}
