/**
 * All commands, in the order in which the help lists them. Only the module of the command that
 * is run is loaded: so this table imports nothing. How a command is written: CONTRIBUTING.md.
 */
import type { Command } from "commander";
import type { Session } from "./session.js";

export interface CommandEntry {
  readonly name: string;
  /** What it does, in the list of commands; also the description, where it gives no other. */
  readonly summary: string;
  readonly group: CommandGroup;
  readonly load: () => Promise<CommandModule>;
}

/** A module in commands/. */
export interface CommandModule {
  /** Gives the command its arguments, options, help and action. `--json` it has already. */
  readonly define: (command: Command, session: Session) => void;
}

export type CommandGroup = "Functions" | "Finding" | "Sharing" | "Checking" | "Setup";

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "add",
    summary: "store the functions of files in the pool",
    group: "Functions",
    load: () => import("./commands/add.js"),
  },
  {
    name: "get",
    summary: "write the source of a function in your language",
    group: "Functions",
    load: () => import("./commands/get.js"),
  },
  {
    name: "show",
    summary: "show all that is known of a function",
    group: "Functions",
    load: () => import("./commands/show.js"),
  },
  {
    name: "translate",
    summary: "give a function names in another language",
    group: "Functions",
    load: () => import("./commands/translate.js"),
  },
  {
    name: "refactor",
    summary: "replace an import of a function by another",
    group: "Functions",
    load: () => import("./commands/refactor.js"),
  },
  {
    name: "run",
    summary: "run a function in Python",
    group: "Functions",
    load: () => import("./commands/run.js"),
  },
  {
    name: "compile",
    summary: "write a function and all that it imports into one file",
    group: "Functions",
    load: () => import("./commands/compile.js"),
  },
  {
    name: "list",
    summary: "list the functions of the pools",
    group: "Finding",
    load: () => import("./commands/list.js"),
  },
  {
    name: "log",
    summary: "show what was added last",
    group: "Finding",
    load: () => import("./commands/log.js"),
  },
  {
    name: "search",
    summary: "find functions in all languages",
    group: "Finding",
    load: () => import("./commands/search.js"),
  },
  {
    name: "stats",
    summary: "count what is in the pools",
    group: "Finding",
    load: () => import("./commands/stats.js"),
  },
  {
    name: "deps",
    summary: "show what a function imports",
    group: "Finding",
    load: () => import("./commands/deps.js"),
  },
  {
    name: "callers",
    summary: "show who imports a function",
    group: "Finding",
    load: () => import("./commands/callers.js"),
  },
  {
    name: "pull",
    summary: "fetch functions and all that they import",
    group: "Sharing",
    load: () => import("./commands/pull.js"),
  },
  {
    name: "vendor",
    summary: "put what the repository imports into its own pool",
    group: "Sharing",
    load: () => import("./commands/vendor.js"),
  },
  {
    name: "publish",
    summary: "put functions and all that they import into a registry",
    group: "Sharing",
    load: () => import("./commands/publish.js"),
  },
  {
    name: "remote",
    summary: "add, list and remove registries; pull or push all of one",
    group: "Sharing",
    load: () => import("./commands/remote.js"),
  },
  {
    name: "validate",
    summary: "check every file of the pool",
    group: "Checking",
    load: () => import("./commands/validate.js"),
  },
  {
    name: "migrate",
    summary: "bring functions of the older tool to today's form",
    group: "Checking",
    load: () => import("./commands/migrate.js"),
  },
  {
    name: "check",
    summary: "run the tests that the pools have of a function",
    group: "Checking",
    load: () => import("./commands/check.js"),
  },
  {
    name: "verify",
    summary: "check that every imported function is what its hash says",
    group: "Checking",
    load: () => import("./commands/verify.js"),
  },
  {
    name: "init",
    summary: "create your pool and configuration, or set a repository up",
    group: "Setup",
    load: () => import("./commands/init.js"),
  },
  {
    name: "whoami",
    summary: "show or set your name, address, key and languages",
    group: "Setup",
    load: () => import("./commands/whoami.js"),
  },
  {
    name: "completion",
    summary: "print the script that completes commands in your shell",
    group: "Setup",
    load: () => import("./commands/completion.js"),
  },
  {
    name: "doctor",
    summary: "say what is wrong with this installation, and what to do",
    group: "Setup",
    load: () => import("./commands/doctor.js"),
  },
];
