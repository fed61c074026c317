#!/usr/bin/env node
/** The process around `run`: its arguments, its streams and its exit status. */
import { paintFor, useCodeCache } from "@ouverture/pool";
import type { Outside } from "./outside.js";

// Before anything else is loaded.
if (import.meta.filename.endsWith(".cjs")) {
  const [, , first = "staged"] = process.argv;
  useCodeCache(import.meta.dirname, `precommit-${first}`, process.env);
}

void main();

async function main(): Promise<void> {
  const { run } = await import("./run.js");
  const status = await run(process.argv.slice(2), outside());
  // What an output says of its own failure stays.
  process.exitCode ||= status;
}

function outside(): Outside {
  return {
    directory: process.cwd(),
    environment: process.env,
    // Each stream takes a moment to open: none is, before somebody asks.
    get paint() {
      return paintFor(process.env, process.stdout.isTTY === true);
    },
    print: (text) => write(process.stdout, text),
    note: (text) => write(process.stderr, text),
    get confirm() {
      return process.stdin.isTTY && process.stderr.isTTY ? confirm : null;
    },
  };
}

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!stream.listeners("error").includes(endOutput)) stream.on("error", endOutput);
  stream.write(text);
}

/** A reader that has seen enough (`| head`) closes the pipe; that is no failure. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.exitCode = 2;
  process.stderr.write(`ouverture-precommit: The output cannot be written: ${error.message}.\n`);
}

async function confirm(question: string): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
