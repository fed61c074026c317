/**
 * `npm run bench`: how fast a pool is searched, from the start of a process to its end, and
 * as a ratio to starting Node for nothing; and what its index costs. Every kind of query
 * takes turns with `node -e 0`, so that a machine that slows down slows both; medians count.
 *
 * BENCH_FUNCTIONS is the size of the pool (100,000), BENCH_POOL a folder in which it is kept.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDirectoryPool, openSearchIndex } from "@ouverture/pool";
import { generateRecords, writePool } from "./generate.mjs";

const FUNCTIONS = Number(process.env.BENCH_FUNCTIONS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);

/** Each is in a mapping of every function, but for those that say so. */
const QUERIES = {
  "a word that is rare": ["zzyzx"],
  "a word that is nowhere": ["nowherewhatever"],
  "a word that is everywhere": ["calculates"],
  "its first letter": ["c"],
  "its first two": ["ca"],
  "its first five": ["calcu"],
  "three that are everywhere": ["calculates the everything"],
  "two that are everywhere, one rare": ["calculates the zzyzx"],
  "a phrase that is everywhere": ['"calculates the"'],
  "a phrase of such words, nowhere": ['"everything calculates"'],
  "two letters that never meet in a name": ["a x q z"],
  "CJK, two characters, everywhere": ["計算"],
  "CJK, one character": ["算"],
  "CJK, a sentence": ["すべてを計算する"],
  "in a language": ["calculates", "eng"],
  "in a language that has not the word": ["calculates", "jpn"],
  "everything in a language": ["", "fra"],
};

const [task, ...values] = process.argv.slice(2);
if (task === undefined) await printMeasurements();
else await search(...values);

async function printMeasurements() {
  const kept = process.env.BENCH_POOL ?? mkdtempSync(join(tmpdir(), "ouverture-bench-"));
  const pool = join(kept, `search-${FUNCTIONS}`);
  const cache = mkdtempSync(join(tmpdir(), "ouverture-bench-cache-"));
  if (!existsSync(pool)) writePool(pool, searchable(generateRecords(FUNCTIONS)));
  console.log(`\nnode ${process.versions.node}, ${ROUNDS} rounds, medians`);
  await printBuild(pool, cache);
  console.log("\nmilliseconds beyond starting node, and the ratio to that:");
  for (const [label, [query, language]] of Object.entries(QUERIES)) {
    const times = { node: [], search: [], inside: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.node.push(run(["-e", "0"]).wall);
      const child = run([fileURLToPath(import.meta.url), "search", pool, cache, query, language]);
      times.search.push(child.wall);
      times.inside.push(JSON.parse(child.stdout));
    }
    const start = median(times.node);
    const beyond = median(times.search) - start;
    const open = median(times.inside.map((one) => one.open));
    const found = median(times.inside.map((one) => one.search));
    const parts = `open ${open.toFixed(0).padStart(3)}, search ${found.toFixed(0).padStart(3)}`;
    console.log(
      `  ${label.padEnd(40)} ${beyond.toFixed(0).padStart(4)} ms  ${(1 + beyond / start).toFixed(1)}   ${parts}   ${times.inside[0].hits} hits`,
    );
  }
  rmSync(cache, { recursive: true });
  if (process.env.BENCH_POOL === undefined) rmSync(kept, { recursive: true });
}

async function printBuild(pool, cache) {
  const start = performance.now();
  const index = await openSearchIndex({ pool: openDirectoryPool(pool), cache });
  const seconds = (performance.now() - start) / 1e3;
  const { functions, mappings } = await index.statistics();
  index.close();
  const [file] = readdirSync(join(cache, "index"));
  const megabytes = statSync(join(cache, "index", file)).size / 1e6;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `\n${functions} functions, ${mappings} mappings: indexed in ${seconds.toFixed(1)} s ` +
      `(${Math.round(functions / seconds)} a second), ${megabytes.toFixed(0)} MB on disk, ${memory.toFixed(0)} MB of memory`,
  );
}

function run(args) {
  const start = performance.now();
  const child = spawnSync(
    process.execPath,
    args.filter((one) => one !== undefined),
    // Other variables, such as NODE_EXTRA_CA_CERTS, may double the time in which Node starts.
    { encoding: "utf8", env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  const wall = performance.now() - start;
  if (child.status !== 0) throw new Error(child.stderr);
  return { wall, stdout: child.stdout };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

async function search(pool, cache, query, language) {
  const start = performance.now();
  const index = await openSearchIndex({ pool: openDirectoryPool(pool), cache });
  const opened = performance.now();
  const { hits } = await index.search(query, language === undefined ? {} : { language });
  const end = performance.now();
  index.close();
  console.log(JSON.stringify({ open: opened - start, search: end - opened, hits: hits.length }));
}

/** Gives functions the texts that people write: common words, and of the others few often. */
function* searchable(records) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const letters = "aeioulnrstcdmp";
  const vocabulary = Array.from({ length: 30_000 }, () =>
    Array.from({ length: 3 + Math.floor(random() * 8) }, () =>
      letters.charAt(Math.floor(random() * letters.length)),
    ).join(""),
  );
  const word = () => vocabulary[Math.floor(random() ** 3 * vocabulary.length)];
  let index = 0;
  for (const { object, mappings } of records) {
    index += 1;
    const [{ mapping }] = mappings;
    const text = Array.from({ length: 12 }, word).join(" ");
    const eng = `This calculates the everything of ${text}.${index % 10_000 === 0 ? " zzyzx" : ""}`;
    const other = index % 2 === 0 ? `Ceci calcule ${text}.` : `すべてを計算する。${text}`;
    const created = new Date(Date.UTC(2024, 0, 1) + index * 900_000).toISOString();
    const metadata = { ...object.metadata, created: `${created.slice(0, 19)}Z` };
    yield {
      object: { ...object, metadata },
      mappings: [
        { language: "eng", mapping: { ...mapping, docstring: eng } },
        { language: index % 2 === 0 ? "fra" : "jpn", mapping: { ...mapping, docstring: other } },
      ],
    };
  }
}
