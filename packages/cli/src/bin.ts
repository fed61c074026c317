#!/usr/bin/env node
/** The process around `run`: its arguments, its streams, its signals and its exit status. */
import { useCodeCache } from "@ouverture/pool";
import { openAnswerOutput } from "./answer-output.js";
import type { AnswerOutput, OutputStream, Outside } from "./outside.js";

// Before anything else is loaded.
if (import.meta.filename.endsWith(".cjs")) {
  const [, , first = ""] = process.argv;
  useCodeCache(import.meta.dirname, first, process.env);
}

void main();

async function main(): Promise<void> {
  const { run } = await import("./run.js");
  const status = await run(process.argv.slice(2), outside());
  // What an output says of its own failure stays.
  process.exitCode ||= status;
}

function outside(): Outside {
  let answers: AnswerOutput | undefined;
  return {
    // Each stream costs time when it is first asked for.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      answers ??= openAnswerOutput(() => watch(process.stdout), endOutput);
      return answers;
    },
    get stderr() {
      return watch(process.stderr);
    },
    directory: process.cwd(),
    environment: process.env,
    now: () => new Date(),
    interruption: () => {
      const controller = new AbortController();
      process.once("SIGINT", () => controller.abort());
      return controller.signal;
    },
  };
}

/** Notices when an output cannot be written. */
function watch(stream: NodeJS.WriteStream): OutputStream {
  if (!stream.listeners("error").includes(endOutput)) stream.on("error", endOutput);
  return stream;
}

/** A reader that has seen enough (`| head`) closes the pipe; that is no failure. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.exitCode = 2;
  process.stderr.write(`ouverture: The output cannot be written: ${error.message}.\n`);
}
