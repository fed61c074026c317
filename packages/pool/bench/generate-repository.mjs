/**
 * A repository for measurements: a git checkout of Python files of 10 kB, some of which import
 * functions of its own pool. The same numbers give the same repository.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateRecords, randomNumbers, writePool } from "./generate.mjs";

/** Dependencies that a function has at most: with four, a fifth of all reach the whole pool. */
const MOST_DEPENDENCIES = 4;
const FILE_BYTES = 10_000;
const FILES_IN_A_FOLDER = 50;

/**
 * Writes a repository into `root`: `files` files, `importing` of which import `imports` functions
 * that together reach all `functions` of the pool. Gives what was written.
 */
export function writeRepository(root, { files, importing, imports, functions }) {
  const records = [...generateRecords(functions, 1, MOST_DEPENDENCIES)];
  writePool(join(root, ".ouverture"), records);
  const random = randomNumbers(2);
  const imported = chooseImports(records, imports, random);
  const lines = distribute(imported, importing);
  for (let index = 0; index < files; index += 1) {
    const isImporting = importing > 0 && index % Math.ceil(files / importing) === 0;
    const own = isImporting ? (lines.shift() ?? []) : [];
    write(join(root, pathOf(index)), moduleText(index, own, random));
  }
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", "--all");
  git(root, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "all");
  return { imports: imported.length, functions: records.length };
}

/** The functions that no other needs, which reach all, and others until there are `wanted`. */
function chooseImports(records, wanted, random) {
  if (wanted === 0) return [];
  const needed = new Set(records.flatMap(({ object }) => object.metadata.dependencies));
  const hashes = records.map(({ object }) => object.hash);
  const chosen = new Set(hashes.filter((hash) => !needed.has(hash)));
  while (chosen.size < Math.min(wanted, hashes.length)) {
    chosen.add(hashes[Math.floor(random() * hashes.length)]);
  }
  return [...chosen];
}

function distribute(imported, files) {
  const lines = Array.from({ length: files }, () => []);
  imported.forEach((hash, index) => {
    lines[index % files].push(`from ouverture.pool import object_${hash} as function_${index}`);
  });
  return lines;
}

function pathOf(index) {
  const folder = Math.floor(index / FILES_IN_A_FOLDER);
  return `package_${folder % 10}/part_${folder}/module_${index}.py`;
}

/** A module as people write them, of at least so many bytes: imports, functions with comments. */
export function moduleText(index, imports, random, bytes = FILE_BYTES) {
  const parts = [`"""Module ${index}."""\nimport os\nimport re\n${imports.join("\n")}\n`];
  let length = parts[0].length;
  for (let part = 0; length < bytes; part += 1) {
    const limit = Math.floor(random() * 1000);
    const text = `
def function_${index}_${part}(values, limit=${limit}):
    """Gives the values below the limit, in the order in which they came."""
    found = []
    for position, value in enumerate(values):
        # What is larger than the limit is of no use to those who call this.
        if value < limit and position % ${2 + (part % 7)} == 0:
            found.append({"position": position, "value": value, "of": "module ${index}"})
        elif isinstance(value, str) and re.match(r"[a-z]+${part}", value):
            found.append(os.path.join("folder", value))
    return sorted(found, key=lambda one: str(one))
`;
    parts.push(text);
    length += text.length;
  }
  return parts.join("");
}

function write(place, text) {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

function git(root, ...args) {
  const { status, stderr } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
}
