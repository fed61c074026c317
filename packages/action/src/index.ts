/** The process that the runner starts: its variables, and the exit status that it reads. */
import { runAction } from "./main.js";

process.exitCode = await runAction(process.env);
