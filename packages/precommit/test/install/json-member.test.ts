import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMember,
  findMember,
  type MemberPath,
  removeMember,
} from "../../src/install/json-member.js";

const PATHS: readonly MemberPath[] = [
  ["scripts", "prepare"],
  ["lint-staged", "**/*"],
  ["**/*"],
  ["a", "b", "c"],
];

const document = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom("name", "scripts", "lint-staged", "a", 'é"', "__proto__"),
      fc.oneof(
        fc.string(),
        fc.dictionary(fc.constantFrom("test", "build", "b"), fc.jsonValue({ maxDepth: 1 })),
      ),
    ),
    fc.constantFrom(0, 1, 2, 4, "\t"),
    fc.constantFrom("", "\n"),
    fc.boolean(),
  )
  .map(([value, indent, end, hasReturns]) => {
    const text = JSON.stringify(value, null, indent) + end;
    return hasReturns ? text.replaceAll("\n", "\r\n") : text;
  });

describe("a member of a JSON text", () => {
  it("is put in, and taken out without a trace", () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...PATHS), (text, path) => {
        const added = addMember(text, path, 'x "y"');
        fc.pre(added !== null);
        const expected = JSON.parse(text);
        let at = expected;
        for (const key of path.slice(0, -1)) at = at[key] ??= {};
        at[path.at(-1)!] = 'x "y"';
        expect(JSON.parse(added!)).toEqual(expected);
        expect(findMember(added!, path)?.value).toBe('x "y"');
        // In one line nothing says whether an empty object was there.
        fc.pre(!(/^\{\S/.test(text) && /"(scripts|lint-staged|a|b)":\{\}/.test(text)));
        expect(removeMember(added!, path)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "scripts": {\n    "prepare": "y"\n  }\n}\n'],
    [
      '{\n\t"scripts": {\n\t\t"test": "x"\n\t},\n\t"type": "module"\n}',
      '{\n\t"scripts": {\n\t\t"test": "x",\n\t\t"prepare": "y"\n\t},\n\t"type": "module"\n}',
    ],
    ['{"scripts":{"test":"x"}}', '{"scripts":{"test":"x","prepare":"y"}}'],
    ["{}\n", '{\n  "scripts": {\n    "prepare": "y"\n  }\n}\n'],
    ['{\n  "scripts": {}\n}\n', '{\n  "scripts": {"prepare": "y"}\n}\n'],
  ])("stands as the others do: %j", (text, expected) => {
    expect(addMember(text, ["scripts", "prepare"], "y")).toBe(expected);
  });

  it.each([
    ["no JSON", "{"],
    ["comments", '{ // why\n  "name": "x" }'],
    ["a comma too many", '{ "name": "x", }'],
    ["no object", "[]"],
    ["a key that stands twice", '{"scripts": {"prepare": "x"}, "scripts": {"prepare": "y"}}'],
    ["something else in the way", '{"scripts": []}'],
    ["a member of that name", '{"scripts": {"prepare": "x"}}'],
  ])("is not put into what has %s", (_, text) => {
    expect(addMember(text, ["scripts", "prepare"], "y")).toBeNull();
  });
});
