/**
 * Members of a JSON text, put in and taken out where they stand: all else stays as it is, byte for
 * byte, and what was put in is taken out without a trace.
 */
import { type Node, type ParseError, parseTree } from "jsonc-parser";

/** The way to a member: `["scripts", "prepare"]`. */
export type MemberPath = readonly [string, ...string[]];

/** The value at `path`, as it is written; `null` where there is none, or `text` is no JSON. */
export function findMember(text: string, path: MemberPath): Node | null {
  let at = parseRoot(text);
  for (const key of path) {
    const [found = null, twice] = at === null ? [] : membersOf(at, key);
    at = twice === undefined ? found : null;
  }
  return at;
}

/**
 * Adds a member at the end of its object, which is made where it is not there.
 * @returns `null` where that cannot be done: no JSON, keys that stand twice, something else than
 *   an object in the way, or a member of this name.
 */
export function addMember(text: string, path: MemberPath, value: string): string | null {
  const root = parseRoot(text);
  if (root === null) return null;
  const [key, ...rest] = path;
  return addTo(text, root, key, rest, JSON.stringify(value), layoutOf(text, root));
}

/** Takes a member out, and the object that `addMember` has made for it. */
export function removeMember(text: string, path: MemberPath): string {
  const value = findMember(text, path);
  const property = value?.parent;
  const object = property?.parent;
  if (property === undefined || object === undefined) return text;
  const others = object.children ?? [];
  const index = others.indexOf(property);
  const before = others[index - 1];
  const after = others[index + 1];
  if (before !== undefined) return cut(text, endOf(before), endOf(property));
  if (after !== undefined) return cut(text, property.offset, after.offset);
  const [first, ...more] = path.slice(0, -1);
  // An object that was there, and empty, holds it without a line of its own.
  const wasThere = property.offset === object.offset + 1 && isParted(text);
  if (first === undefined || wasThere) return cut(text, object.offset + 1, endOf(object) - 1);
  return removeMember(text, [first, ...more]);
}

/** How the text is written: what stands before each member of the outermost object. */
interface Layout {
  /** A new line and the indentation of one level; nothing where all stands in one line. */
  readonly gap: string;
  readonly colon: string;
}

function layoutOf(text: string, root: Node): Layout {
  const [first] = root.children ?? [];
  if (first === undefined) return { gap: "\n  ", colon: ": " };
  const [key, value] = first.children ?? [];
  const between = key && value ? text.slice(endOf(key), value.offset) : ": ";
  return { gap: text.slice(root.offset + 1, first.offset), colon: between };
}

function addTo(
  text: string,
  object: Node,
  key: string,
  rest: readonly string[],
  value: string,
  layout: Layout,
): string | null {
  const [next, ...others] = rest;
  const [there, twice] = membersOf(object, key);
  if (there !== undefined) {
    if (twice !== undefined || next === undefined || there.type !== "object") return null;
    return addTo(text, there, next, others, value, layout);
  }
  const { gap, colon } = layout;
  const depth = depthOf(object);
  const member = `${JSON.stringify(key)}${colon}${wrap(rest, value, depth + 1, layout)}`;
  const last = object.children?.at(-1);
  if (last !== undefined) {
    const before = object.children?.at(-2);
    const from = before === undefined ? object.offset + 1 : endOf(before);
    // What stands before the last member, which may be a comma, and always a gap.
    const between = text.slice(from, last.offset).replace(",", "");
    return paste(text, endOf(last), `,${between}${member}`);
  }
  if (depth > 0 || gap === "") return paste(text, object.offset + 1, member);
  return paste(text, object.offset + 1, `${gap}${member}${/^\r?\n/.exec(gap)?.[0] ?? ""}`);
}

/** The value in the objects that have to be made around it. */
function wrap(keys: readonly string[], value: string, depth: number, layout: Layout): string {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const { gap, colon } = layout;
  const inner = `${JSON.stringify(key)}${colon}${wrap(rest, value, depth + 1, layout)}`;
  return `{${deepen(gap, depth + 1)}${inner}${deepen(gap, depth)}}`;
}

function deepen(gap: string, depth: number): string {
  const [, line = "", indent = ""] = /^(\s*\n)?(.*)$/s.exec(gap) ?? [];
  return line === "" ? "" : line + indent.repeat(depth);
}

function depthOf(object: Node): number {
  let depth = 0;
  for (let at = object.parent; at !== undefined; at = at.parent) {
    if (at.type === "object") depth += 1;
  }
  return depth;
}

/** Does the outermost object stand in several lines? */
function isParted(text: string): boolean {
  return /^\s*\{\s*\n/.test(text);
}

function parseRoot(text: string): Node | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  return root?.type === "object" && errors.length === 0 ? root : null;
}

/** The values of the members of this name, of which there should be one at most. */
function membersOf(object: Node, key: string): Node[] {
  const members = object.type === "object" ? (object.children ?? []) : [];
  return members.flatMap(({ children = [] }) =>
    children[0]?.value === key && children[1] !== undefined ? [children[1]] : [],
  );
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function paste(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at);
}

function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}
