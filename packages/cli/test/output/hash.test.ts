import { expect, it } from "vitest";
import { shortenHashes } from "../../src/output/hash.js";

const of = (start: string): string => start.padEnd(64, "0");

it.each([
  [[of("1"), of("2")], "1".padEnd(12, "0")],
  [[of("1"), of("1")], "1".padEnd(12, "0")],
  [[of("123456789abcdef"), of("123456789abcdee")], "123456789abcdef"],
  [[of("1"), `${of("1").slice(0, 63)}1`], of("1")],
  [[of("1")], "1".padEnd(12, "0")],
])("shortens %j", (hashes, expected) => {
  const shorten = shortenHashes(hashes);
  expect(shorten(hashes[0] ?? "")).toBe(expected);
  expect(new Set(hashes.map(shorten)).size).toBe(new Set(hashes).size);
});
