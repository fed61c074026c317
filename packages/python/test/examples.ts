/** The functions of examples/, as they are written there, and calls of each. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Runnable } from "./runnable.js";

const folder = fileURLToPath(new URL("../../../examples/market/functions", import.meta.url));

/** Lists of arguments, as literals of Python: what works, and what raises. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  clamp: ["[5, 0, 3]", "[-1, 0, 3]", "['b', 'a', 'c']", "[None, 0, 1]"],
  discounted_total: ["[[[2, 10], [1, 5]], 10]", "[[[1, 3]], 150, 6]", "[[[1, 0.5]], 10]"],
  find_products: ["[['Café crème', 'Thé', 'café'], ' CAFE ']", "[['a'], 1]", "[[], 'a']"],
  invoice_total: ["[[[2, 10], [3, 7]]]", "[[[2, 10]], 5]", "[[]]", "[[[1]]]"],
  mean: ["[[1, 2, 6]]", "[[]]", "[['a']]"],
  outliers: ["[[1, 1, 1, 1, 100], 1.5]", "[[1, 2]]", "[[]]"],
  round_money: ["['2.675']", "[2.5, 0]", "['x']"],
  search_key: ["[' École ']", "['ｶﾞ']", "[3]"],
  standard_deviation: ["[[1, 2, 3, 4]]", "[[7]]", "[[]]"],
  standard_scores: ["[[1, 2, 3]]", "[[5, 5]]", "[[None]]"],
  with_tax: ["[100, 20]", "[9.5, 5]", "['a', 1]"],
};

/** In an order in which each comes after what it imports. */
const ORDER = [
  "clamp",
  "mean",
  "round_money",
  "search_key",
  "with_tax",
  "find_products",
  "invoice_total",
  "standard_deviation",
  "discounted_total",
  "standard_scores",
  "outliers",
];

export const EXAMPLES: readonly Runnable[] = ORDER.map((name) => {
  const files = readdirSync(`${folder}/${name}`).sort();
  const sources = files.map((file) => [
    file.replace(/\.py$/, ""),
    readFileSync(`${folder}/${name}/${file}`, "utf8"),
  ]);
  return { sources: Object.fromEntries(sources), calls: CALLS[name] ?? [] };
});

if ([...ORDER].sort().join() !== readdirSync(folder).sort().join()) {
  throw new Error("examples/market/functions has others than are called here");
}
