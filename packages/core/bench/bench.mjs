/**
 * `npm run bench`: how fast the library is, in MB/s and as a ratio to CPython on
 * the same texts in the same run, and whether cost grows with length alone. The
 * two sides take turns, so that a machine that slows down slows both; medians count.
 */
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { hash, normalize, parse, unparse } from "../dist/index.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 11);
const PYTHON = process.env.PYTHON ?? "python3";

const library = standardLibrary();
const modules = library.flatMap(({ text }) => (parse(text).ok ? [text] : []));
const functions = library.flatMap(functionFiles);
const python = startPython();

console.log(`node ${process.versions.node}, ${pythonVersion()}, ${ROUNDS} rounds, medians\n`);
console.log(`${modules.length} modules, ${megabytes(modules)} MB:`);
await compare("parse", modules, "parse", (text) => parse(text));
console.log(`\n${functions.length} functions, ${megabytes(functions)} MB:`);
await compare("parse", functions, "parse", (text) => parse(text));
await compare("normalize + hash", functions, "normalize", (text) => normalize(text));
const trees = functions.map((text) => parse(text).value);
report("unparse alone", functions, measure(trees, unparse));
report("sha256 alone", functions, measure(functions, hash));

console.log("\none text of 10 kB, 100 kB, 1 MB and 10 MB (the same speed is linear cost):");
const bodies = functions.filter((text) => !text.includes("import "));
growth("parse", (size) => bodiesOf(size).join("\n"), parse);
growth("normalize", (size) => outerFunction(bodiesOf(size)), normalize);
python.kill();

/** The modules of the standard library of `PYTHON`, without its packages. */
function standardLibrary() {
  const folder = run("import os; print(os.path.dirname(os.__file__))");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/**
 * Each top-level function of a module as a function file: with the imports that it
 * uses, and an import of what else it takes from its module.
 */
function functionFiles({ name, text }) {
  const module = parse(text);
  if (!module.ok) return [];
  const imports = module.value.body.filter(
    ({ kind }) => kind === "Import" || kind === "ImportFrom",
  );
  const files = [];
  for (const node of module.value.body) {
    if (node.kind !== "FunctionDef" && node.kind !== "AsyncFunctionDef") continue;
    const start = Math.min(
      node.start,
      ...node.decorator_list.map((decorator) => decorator.start - 1),
    );
    const source = text.slice(start, node.end);
    const used = imports.filter(({ names }) =>
      names.some(({ name, asname }) => source.includes(asname ?? name.split(".")[0])),
    );
    const lines = [...used.map((node) => text.slice(node.start, node.end)), source, ""];
    const file = completed(lines.join("\n"), name.slice(0, -".py".length));
    if (file !== null) files.push(file);
  }
  return files;
}

function completed(file, module) {
  let text = file;
  for (let missing = 0; missing < 50; missing++) {
    const form = normalize(text);
    if (form.ok) return text;
    if (form.fault.code !== "unresolved-name") return null;
    text = `from ${module} import ${form.fault.data.name}\n${text}`;
  }
  return null;
}

/** Functions that need no import, over and over, of about `size` characters. */
function bodiesOf(size) {
  const texts = [];
  for (let length = 0; length < size; length += texts.at(-1).length) {
    texts.push(bodies[texts.length % bodies.length]);
  }
  return texts;
}

function outerFunction(texts) {
  return `def outer():\n${texts.join("\n").replace(/^/gm, "    ")}\n    return None\n`;
}

function run(program) {
  return spawnSync(PYTHON, ["-c", program], { encoding: "utf8" }).stdout.trim();
}

function pythonVersion() {
  return `CPython ${run("import platform; print(platform.python_version())")}`;
}

function startPython() {
  const child = spawn(PYTHON, [fileURLToPath(new URL("cpython.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = (request) => child.stdin.write(`${JSON.stringify(request)}\n`);
  return {
    load: send,
    kill: () => child.kill(),
    time: async (task) => {
      send(task);
      return Number((await lines.next()).value);
    },
  };
}

function megabytes(texts) {
  return (texts.reduce((sum, text) => sum + text.length, 0) / 1e6).toFixed(2);
}

/** Seconds for one pass over `inputs`. */
function seconds(inputs, task) {
  const start = performance.now();
  for (const input of inputs) task(input);
  return (performance.now() - start) / 1000;
}

function measure(inputs, task) {
  const times = Array.from({ length: ROUNDS + 2 }, () => seconds(inputs, task));
  return median(times.slice(2));
}

async function compare(label, texts, task, ours) {
  python.load(texts);
  for (let i = 0; i < 3; i++) seconds(texts, ours);
  await python.time(task);
  const times = [];
  const ratios = [];
  for (let i = 0; i < ROUNDS; i++) {
    const here = seconds(texts, ours);
    times.push(here);
    ratios.push((await python.time(task)) / here);
  }
  const spread = `${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)}`;
  report(label, texts, median(times), `${median(ratios).toFixed(1)} times CPython (${spread})`);
}

function report(label, texts, time, ratio = "") {
  const speed = `${(Number(megabytes(texts)) / time).toFixed(1)} MB/s`;
  console.log(`  ${label.padEnd(18)} ${speed.padStart(11)}   ${ratio}`);
}

function growth(label, textOf, task) {
  const speeds = [1e4, 1e5, 1e6, 1e7].map((size) => {
    const text = textOf(size);
    if (!task(text).ok) throw new Error(`${label} refuses the text of ${size}`);
    return (text.length / measure([text], task) / 1e6).toFixed(1).padStart(7);
  });
  console.log(`  ${label.padEnd(18)} ${speeds.join(" ")}   MB/s`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
