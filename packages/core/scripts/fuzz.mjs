/**
 * `npm run fuzz [-- COUNT SEED]`: gives every public function broken input, made of
 * real sources by cutting, doubling and exchanging pieces, and fails where one
 * throws, hangs, or contradicts itself. The same seed gives the same inputs.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "../dist/index.js";

const COUNT = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 20_261_120);
/** Far above what any input here takes, on any machine. */
const SLOW_MS = 5000;
const PIECES =
  "( ) [ ] { } , : ; . = == := -> * ** / @ | ~ ! $ \\ ' \" ''' \"\"\" f' t\" b' rf\" {{ }} {x!r:>{y}} # \n \r\n \t \f 0x 1_0 1e999 0777 1j " +
  "lambda yield await async def class if else elif for in while with as try except except* finally match case type import from global nonlocal del return raise assert pass not and or is None True " +
  "__class__ _ouverture_v_0 _ouverture_v_1 ouverture ouverture.pool object_ from__future__ é ﬁ 日本 😀 \u200b \u202e \ud800 \0 \ufeff";
const RESERVED = /^_ouverture_v_\d+$/;
const pieces = PIECES.split(" ");

const next = generator(SEED);
const sources = realSources();
console.log(`${COUNT} inputs of ${sources.length} sources, seed ${SEED}`);

const counts = { parsed: 0, normalized: 0, refused: 0 };
for (let i = 0; i < COUNT; i++) {
  const input = mutate(pick(sources));
  const start = performance.now();
  try {
    check(input);
  } catch (error) {
    fail(i, input, error);
  }
  if (performance.now() - start > SLOW_MS) fail(i, input, new Error("slow"));
}
console.log(
  `${counts.parsed} parsed, ${counts.normalized} normalized, ${counts.refused} refused; nothing thrown`,
);

/** All that takes a text, and the laws that must hold for what comes out. */
function check(text) {
  const parsed = core.parse(text);
  if (parsed.ok) {
    counts.parsed++;
    const printed = core.unparse(parsed.value);
    const again = core.parse(printed);
    if (again.ok && core.unparse(again.value) !== printed)
      throw new Error("printed twice, differs");
  } else {
    counts.refused++;
    if (core.faultMessage(parsed.fault) === "") throw new Error("no message");
  }
  core.findPoolImports(text);
  const form = core.normalize(text);
  if (form.ok) {
    counts.normalized++;
    const { code, mapping } = form.value;
    const fixpoint = core.normalize(code);
    if (!fixpoint.ok || fixpoint.value.code !== code) throw new Error("law 4: no fixpoint");
    const back = core.denormalize(code, mapping);
    // A source may use names of the normal form; a mapping may not give them.
    const isReserved = Object.values(mapping.name_mapping).some((name) => RESERVED.test(name));
    if (!back.ok && !isReserved) throw new Error(`law 5: ${core.faultMessage(back.fault)}`);
    const whole = core.decodeMapping(core.encodeMapping(mapping));
    if (!whole.ok) throw new Error("a mapping that cannot be read back");
  } else core.faultMessage(form.fault);
  for (const decode of [core.decodeObject, core.decodeMapping, core.migrate]) decode(text);
  core.hash(text);
  core.objectPath(text);
  core.mappingPath(text, text, text);
}

function mutate(source) {
  let text = source;
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(text.length + 1);
    const end = at + below(12);
    switch (below(6)) {
      case 0:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, at) + pick(pieces) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + pick(pieces) + text.slice(end);
        break;
      case 3:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 4: {
        const other = pick(sources);
        const from = below(other.length);
        text = text.slice(0, at) + other.slice(from, from + below(60)) + text.slice(end);
        break;
      }
      default:
        text = text.slice(0, at) + String.fromCharCode(below(0x3000)) + text.slice(at);
    }
  }
  return text;
}

/** The cases of the tests, and the functions of the standard library where there is a python3. */
function realSources() {
  const vectors = new URL("../test/vectors/", import.meta.url);
  const forms = JSON.parse(readFileSync(new URL("normal-form.json", vectors), "utf8"));
  const snippets = JSON.parse(readFileSync(new URL("syntax.json", vectors), "utf8"));
  const texts = [
    ...forms.flatMap(({ files }) => files.map(({ source }) => source)),
    ...snippets.map(({ source }) => source).filter((source) => source.length < 2000),
  ];
  const python = spawnSync("python3", ["-c", "import os; print(os.path.dirname(os.__file__))"]);
  const folder = python.status === 0 ? String(python.stdout).trim() : "";
  if (!existsSync(folder)) return texts;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".py")) continue;
    const text = readFileSync(join(folder, name), "utf8");
    const module = core.parse(text);
    if (!module.ok) continue;
    for (const node of module.value.body) {
      if (node.kind !== "FunctionDef") continue;
      const source = text.slice(node.start, node.end);
      if (source.length < 3000) texts.push(`${source}\n`);
    }
  }
  return texts;
}

function fail(index, input, error) {
  console.error(
    `input ${index} of seed ${SEED}: ${error?.stack ?? error}\n${JSON.stringify(input)}`,
  );
  process.exit(1);
}

/** mulberry32: 32 bits of state, the same numbers on every machine. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function below(limit) {
  return Math.floor(next() * limit);
}

function pick(list) {
  return list[below(list.length)];
}
