/** The text of a generated program, in one presentation of many (law 2). */
import type { Choose, ImportLine, Line, Piece, Program, TemplatePart } from "./program.js";
import type { NameOf } from "./program-names.js";

/** The presentation without any choice: always the first. */
export const plain: Choose = () => 0;

/** Writes a program as Python, with names from `nameOf`, in the presentation that `style` chooses. */
export function programText(program: Program, nameOf: NameOf, style: Choose = plain): string {
  const writer: Writer = { nameOf, style, inTemplate: false };
  const docstring = style(2) === 0 ? program.docstring : "Another docstring.";
  const indentation = ["    ", "  ", "\t", "        "][style(4)] ?? "    ";
  const body =
    docstring === null
      ? program.body
      : [{ pieces: [{ text: docstring }], body: null }, ...program.body];
  const lines = [
    ...importLines(program.imports, writer),
    ...blankLines(style),
    ...linesOf([...program.decorators, { pieces: program.head, body }], "", indentation, writer),
  ];
  const end = ["\n", "\r\n", "\r"][style(3)] ?? "\n";
  return (style(4) === 1 ? "\ufeff" : "") + lines.join(end) + (style(3) === 0 ? end : "");
}

interface Writer {
  readonly nameOf: NameOf;
  readonly style: Choose;
  /** In a field of an f-string: no presentation there. */
  readonly inTemplate: boolean;
}

// --- imports ---------------------------------------------------------------------

/** The order, the statements and the repetitions of imports are presentation. */
function importLines(imports: readonly ImportLine[], writer: Writer): string[] {
  const { style, nameOf } = writer;
  const left = [...imports];
  const lines: string[] = [];
  while (left.length > 0) {
    const [first] = left.splice(style(left.length), 1);
    if (first === undefined) break;
    const group = [first];
    for (let index = left.length - 1; index >= 0; index -= 1) {
      const other = left[index];
      if (other?.from !== first.from || style(3) !== 1) continue;
      group.push(other);
      left.splice(index, 1);
    }
    const names = group.map(({ name, alias }) => {
      if (alias !== null) return `${name} as ${nameOf(alias)}`;
      return style(4) === 1 && !name.includes(".") ? `${name} as ${name}` : name;
    });
    if (style(5) === 1) names.push(names[0] ?? "");
    if (first.from === null) lines.push(`import ${names.join(", ")}`);
    else if (style(3) === 1) lines.push(`from ${first.from} import (${names.join(",\n  ")},)`);
    else lines.push(`from ${first.from} import ${names.join(" , ")}`);
    lines.push(...blankLines(style));
  }
  return lines;
}

// --- lines -----------------------------------------------------------------------

function blankLines(style: Choose): string[] {
  return style(5) === 1 ? ["", "   # a comment: def f(x):", "\f"] : [];
}

function linesOf(
  block: readonly Line[],
  indent: string,
  indentation: string,
  writer: Writer,
): string[] {
  const { style } = writer;
  const lines: string[] = [];
  let joinable = false;
  for (const line of block) {
    const { pieces, body } = line;
    const text = write(pieces, writer);
    const comment = style(6) === 1 ? "  # it's a comment" : "";
    if (body !== null) {
      joinable = false;
      const [only, ...others] = body;
      if (only?.body === null && others.length === 0 && !isDecorator(only) && style(4) === 1) {
        lines.push(`${indent}${text}: ${write(only.pieces, writer)}${comment}`);
      } else {
        const deeper = indent + indentation;
        lines.push(`${indent}${text}:${comment}`, ...linesOf(body, deeper, indentation, writer));
      }
    } else if (joinable && !isDecorator(line) && style(4) === 1) {
      lines.push(`${lines.pop()}; ${text}${comment}`);
      joinable = comment === "";
    } else {
      lines.push(indent + text + comment);
      joinable = comment === "" && !isDecorator(line);
    }
    const blank = isDecorator(line) ? [] : blankLines(style);
    lines.push(...blank);
    if (blank.length > 0) joinable = false;
  }
  return lines;
}

function isDecorator({ pieces }: Line): boolean {
  return pieces[0] === "@";
}

// --- pieces ----------------------------------------------------------------------

function write(pieces: readonly Piece[], writer: Writer): string {
  return pieces.map((piece) => writePiece(piece, writer)).join("");
}

function writePiece(piece: Piece, writer: Writer): string {
  const style = writer.inTemplate ? plain : writer.style;
  if (typeof piece === "string") return spaced(piece, style);
  if ("text" in piece) return stringLiteral(piece.text, style);
  if ("integer" in piece) return integerLiteral(piece.integer, style);
  if ("wrap" in piece) {
    const text = write(piece.wrap, writer);
    return style(3) === 1 ? `(${style(2) === 1 ? "\n" : ""}${text} )` : text;
  }
  if ("template" in piece) return templateLiteral(piece.template, piece.parts, writer);
  return writer.nameOf(piece);
}

/** Spaces around operators are presentation. */
function spaced(text: string, style: Choose): string {
  if (!/^ [-+*/%@<>&|^=!:]+ $/.test(text)) return text;
  const spaces = style(3);
  if (spaces === 0) return text;
  return spaces === 1 ? text.trim() : ` \\\n ${text}  `;
}

function integerLiteral(value: number, style: Choose): string {
  const hexadecimal = `0x${value.toString(16)}`;
  return (
    [
      String(value),
      hexadecimal,
      hexadecimal.toUpperCase().replace("X", "x_"),
      `0b${value.toString(2)}`,
    ][style(4)] ?? ""
  );
}

function stringLiteral(text: string, style: Choose): string {
  const quote = ["'", '"', '"""', "'''"][style(4)] ?? "'";
  const prefix = style(6) === 1 ? "u" : "";
  const points = [...text];
  if (points.length > 1 && style(4) === 1) {
    const half = points.slice(0, 1).join("");
    const rest = points.slice(1).join("");
    return `${prefix}${quote}${escaped(half, quote)}${quote} ${stringLiteral(rest, plain)}`;
  }
  if (/^[\w ]+$/.test(text) && style(4) === 1) return `r${quote}${text}${quote}`;
  return `${prefix}${quote}${escaped(text, quote)}${quote}`;
}

/** Escapes all that some quote style or Python version could trip over. */
function escaped(text: string, quote: string): string {
  return Array.from(text, (char) => {
    const point = char.codePointAt(0) ?? 0;
    if (char === "\\" || char === quote.charAt(0)) return `\\${char}`;
    if (char === "\n") return "\\n";
    if (point < 0x20 || point === 0x7f) return `\\x${point.toString(16).padStart(2, "0")}`;
    return char;
  }).join("");
}

function templateLiteral(prefix: string, parts: readonly TemplatePart[], writer: Writer): string {
  const inside = { ...writer, inTemplate: true };
  const quote = writer.inTemplate ? "'" : (["'''", '"""'][writer.style(2)] ?? "'''");
  const body = parts.map((part) => {
    if (typeof part === "string") {
      return escaped(part, quote).replaceAll("{", "{{").replaceAll("}", "}}");
    }
    const specification = write(part.specification, inside);
    const space = inside.style(2) === 1 ? " " : "";
    return `{${space}${write(part.field, inside)}${space}${part.conversion}${specification}}`;
  });
  return `${prefix}${quote}${body.join("")}${quote}`;
}
