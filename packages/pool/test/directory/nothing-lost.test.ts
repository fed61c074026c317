/**
 * Nothing lost: processes add functions to one pool and are killed at random. Afterwards the
 * pool is without a fault, and has every function that was answered. In full, 8 processes add
 * 1,000 functions each and are killed 200 times: `NOTHING_LOST=full npx vitest run nothing-lost`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { mappingHash } from "@ouverture/core";
import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { validatePool } from "../../src/validate/validate-pool.js";
import { filesBelow, temporaryFolder } from "../folder.js";
import { expectFunction } from "../store-suite-checks.js";
import { writerRecord } from "./nothing-lost-records.js";

const isFull = process.env.NOTHING_LOST === "full";
const WRITERS = 8;
const FUNCTIONS = isFull ? 1000 : 24;
const KILLS = isFull ? 200 : 10;

it("loses nothing when writers are killed", { timeout: 3_600_000 }, async () => {
  const folder = temporaryFolder();
  const pool = join(folder, "pool");
  const program = join(folder, "writer.mjs");
  await bundleWriter(program);

  const answered = Array.from({ length: WRITERS }, () => new Map<number, string>());
  const running = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of running) child.kill("SIGKILL");
  });
  const all = WRITERS * FUNCTIONS;
  let due = 0;
  let kills = 0;

  /** All kills are due by the time that half of the functions were answered. */
  function killWhereDue(): void {
    const count = answered.reduce((sum, { size }) => sum + size, 0);
    if (due >= KILLS || count < (due * all) / KILLS / 2) return;
    due += 1;
    setTimeout(() => {
      const children = [...running];
      const child = children[Math.floor(Math.random() * children.length)];
      if (child === undefined) return;
      running.delete(child);
      child.kill("SIGKILL");
    }, Math.random() * 100);
  }

  async function runWriter(writer: number): Promise<void> {
    const done = answered[writer] ?? new Map();
    while (done.size < FUNCTIONS) {
      // It goes on where it was, or somewhat before: what is known is added again.
      const first = Math.max(0, done.size - Math.floor(Math.random() * 4));
      const args = [program, pool, `${writer}`, `${first}`, `${FUNCTIONS}`];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
      running.add(child);
      let complaint = "";
      child.stderr.on("data", (data) => {
        complaint += data;
      });
      const ended = new Promise<NodeJS.Signals | null>((resolve) => {
        child.on("close", (_, signal) => resolve(signal));
      });
      for await (const line of createInterface({ input: child.stdout })) {
        const [number = "", hash = ""] = line.split(" ");
        done.set(Number(number), hash);
        killWhereDue();
      }
      const signal = await ended;
      running.delete(child);
      if (signal === "SIGKILL") kills += 1;
      else if (complaint !== "") throw new Error(complaint);
    }
  }
  await Promise.all(answered.map((_, writer) => runWriter(writer)));

  const validation = validatePool(openDirectoryPool(pool));
  for await (const problem of validation) expect(problem).toBeNull();
  for (const [writer, hashes] of answered.entries()) {
    expect(hashes.size).toBe(FUNCTIONS);
    for (const [number, hash] of hashes) await expectAnswered(pool, writer, number, hash);
  }
  // One may have been done just before it was killed.
  expect(kills).toBeGreaterThanOrEqual(KILLS - 2);
  if (isFull) console.log(kills, "kills;", validation.summary, leftOvers(pool), "left over");
});

function leftOvers(pool: string): number {
  return filesBelow(pool).filter((path) => path.includes(".tmp")).length;
}

async function bundleWriter(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("nothing-lost-writer.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@ouverture/source"],
  });
}

/** An object may be that of another writer, who was first; a mapping is the writer's own. */
async function expectAnswered(
  directory: string,
  writer: number,
  number: number,
  hash: string,
): Promise<void> {
  const record = writerRecord(writer, number);
  expect(record.object.hash).toBe(hash);
  const pool = openDirectoryPool(directory);
  await expectFunction(pool, record);
  const listed = await pool.listMappings(hash);
  for (const { language, mapping } of record.mappings) {
    expect(listed).toContainEqual({ language, hash: mappingHash(mapping) });
  }
}
