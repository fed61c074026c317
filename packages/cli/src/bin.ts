#!/usr/bin/env node
/** The process around `run`: its arguments, its streams and its exit status. */
import { run } from "./run.js";

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  directory: process.cwd(),
  environment: process.env,
  isTerminal: process.stdout.isTTY === true,
});
