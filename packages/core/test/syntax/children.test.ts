/** The children of each kind of node: all of them, once, in the order of the printed text. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Module, Node } from "../../src/syntax/ast.js";
import { childrenOf, walk } from "../../src/syntax/children.js";
import { parse } from "../../src/syntax/parse/module.js";

const url = new URL("../vectors/syntax.json", import.meta.url);
const snippets = JSON.parse(readFileSync(url, "utf8")) as readonly { readonly source: string }[];

/** Has every kind of node. */
const everything = `
@a
async def f[T: int = b, *Ts, **P](a, /, b: c = d, *e, g=h, **i) -> j:
    async for k in l: await m
    async with n as o: yield p
    return {q: r, **s}, {t}, [u async for v in w if x], {y: z for a in b}, {c for d in e}, (g for h in i)
class C[T](a, b=c):
    d: e = (f := g)
    (h): i
    del j, k[l:m:n], o.p
    q += r
    type s = t
    while u: break
    else: continue
    for v in w: pass
    with x: pass
    if y: z
    try: raise a from b
    except c as d: assert e, g
    try: pass
    except* h: pass
    import i as j
    from k import l
    def m(self):
        global n
        o = 1
        def p():
            nonlocal o
            yield from lambda q: -r if s or t else u < v + w
    match x:
        case [1, *y] | {"k": z, **a} | C(b, c=d) | None as e if g: f"{h!r:{i}}"; t"{j:{k}}"
print(*a, **b)
`;

function read(source: string): Module | null {
  const parsed = parse(source);
  return parsed.ok ? parsed.value : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** The nodes in the fields of a node, whichever they are. */
function nodesIn(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function nodesBelow(root: Node): Node[] {
  const nodes: Node[] = [];
  walk(root, (node) => nodes.push(node));
  return nodes;
}

describe("childrenOf", () => {
  const trees = [everything, ...snippets.map(({ source }) => source)].flatMap(
    (source) => read(source) ?? [],
  );

  it("is tried on every kind of node", () => {
    const source = readFileSync(new URL("../../src/syntax/ast.ts", import.meta.url), "utf8");
    const kinds = [...source.matchAll(/readonly kind: "(\w+)"/g)].map(([, kind]) => kind);
    const tried = new Set<string>(trees.flatMap(nodesBelow).map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind !== undefined && !tried.has(kind))).toEqual([]);
  });

  it("gives every node of every field once", () => {
    const lost = trees.flatMap(nodesBelow).filter((node) => {
      const children = childrenOf(node);
      const fields = new Set(nodesIn(node));
      return children.length !== fields.size || children.some((child) => !fields.has(child));
    });
    expect(lost.map(({ kind }) => kind)).toEqual([]);
  });

  it("keeps the order of the text, where the source is printed text", () => {
    const tree = read(everything);
    expect(tree).not.toBe(null);
    const disordered = (tree === null ? [] : nodesBelow(tree)).filter((node) => {
      const starts = childrenOf(node).map(({ start }) => start);
      return starts.some((start, index) => start < (starts[index - 1] ?? 0));
    });
    expect(disordered.map(({ kind }) => kind)).toEqual([]);
  });
});

describe("walk", () => {
  it("enters each node before its children, at any depth", () => {
    const source = `${"-".repeat(1_400)}x\n`;
    const tree = read(source);
    const kinds = (tree === null ? [] : nodesBelow(tree)).map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(["Module", "Expr", "UnaryOp"]);
    expect(kinds.length).toBe(1_403);
    expect(kinds.at(-1)).toBe("Name");
  });
});
