/**
 * What every command has: its surroundings, the user's settings, the pools, and the ways to
 * answer. What is heavy is loaded when it is first asked for: `get` and `add` have to start fast.
 */
import type { Configuration, FunctionSource, FunctionStore, LayeredSource } from "@ouverture/pool";
import { renderDocument } from "./output/json.js";
import { type Screen, screenOf } from "./output/screen.js";
import type { ExitStatus, Outside } from "./outside.js";

export interface Session {
  readonly outside: Outside;
  /** `--json` was given: the answer is for a machine. */
  readonly isJson: boolean;
  /** Where answers go, and where notes go. */
  readonly screen: Screen;
  readonly noteScreen: Screen;
  /**
   * Aborted by Ctrl-C. A command that asks for it has to end soon after, by `throwIfAborted`, with
   * nothing half done; one that never asks is ended at once.
   */
  readonly signal: AbortSignal;

  /** The user's and the repository's settings. Throws where a file of them is wrong. */
  configuration(): Promise<Configuration>;
  /** The pool to write to: the repository's where there is one, else (or with `user`) the user's. */
  currentPool(options?: { readonly user?: boolean | undefined }): Promise<CurrentPool>;
  /**
   * All there is to read from: the repository's pool, the user's, the registries by priority. What
   * goes wrong with one while others serve is told at the end of the command.
   */
  openSource(options?: SourceOptions): Promise<LayeredSource>;
  /** A registry of the configuration, by its name. Fails where there is none. */
  openRegistry(name: string): Promise<FunctionSource | FunctionStore>;
  /**
   * The full hash that digits from the command line mean: 64, or the first few where one
   * function of the pools begins with them. Fails with the candidates where there are more.
   */
  resolveHash(digits: string): Promise<string>;
  /** `HASH[@LANG[@MAPPING]]` of the command line, its hashes in full. Fails where it is none. */
  resolveReference(text: string): Promise<ResolvedReference>;

  /** Gives the answer: the document with `--json`, else what `render` says. Once a command. */
  answer(document: unknown, render: (screen: Screen) => string): void;
  /** Writes a part of the answer. Nothing from outside, unless it is escaped or is the answer. */
  print(text: string): void;
  /** Writes a note for people, beside the answer. It gets a line end. */
  note(text: string): void;
  /** Sets the exit status; 0 without it. What cannot go on calls `fail` (failure.ts) instead. */
  finish(status: ExitStatus): void;
}

export type CurrentPool = FunctionStore & { readonly directory: string };

export interface SourceOptions {
  /** Only the pools of this machine, and no network. */
  readonly isLocal?: boolean;
  /** What registries give is not kept in the user's pool: the command stores it itself. */
  readonly isPassing?: boolean;
  /** The mappings of all places, and not only of the first place that has some. */
  readonly allMappings?: boolean;
}

export interface ResolvedReference {
  readonly hash: string;
  /** As it was given: that there is a mapping in it is for the command to see. */
  readonly language: string | null;
  readonly mapping: string | null;
}

/** A session, and for run.ts its end. */
export interface OpenSession {
  readonly session: Session;
  /** The status that the command set. */
  status(): ExitStatus;
  /** Was it Ctrl-C that ended it? */
  isInterrupted(): boolean;
  /** Ends what the pools hold; gives the sentences that are to be told then. */
  close(): Promise<readonly string[]>;
}

export function openSession(outside: Outside, isJson: boolean): OpenSession {
  let status: ExitStatus = 0;
  let signal: AbortSignal | undefined;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(source: T): T => {
    opened.push(source);
    return source;
  };
  const sources = new Map<string, LayeredSource>();
  const note = (text: string): void => void outside.stderr.write(`${text}\n`);
  const pools = () => import("./open-pools.js");
  const resolving = () => import("./resolve-hash.js");
  const screen = lazily(() => screenOf(outside.stdout, outside.environment));
  const noteScreen = lazily(() => screenOf(outside.stderr, outside.environment));
  const configuration = lazily(async () => {
    const read = await (await pools()).readConfiguration(outside);
    read.notices.forEach(note);
    return read;
  });

  const session: Session = {
    outside,
    isJson,
    get screen() {
      return screen();
    },
    get noteScreen() {
      return noteScreen();
    },
    get signal() {
      signal ??= outside.interruption();
      return signal;
    },
    configuration,
    currentPool: async ({ user = false } = {}) =>
      keep((await pools()).openCurrentPool(await configuration(), user)),
    openSource: async (options = {}) => {
      const { openLayers } = await pools();
      const { isLocal = false, allMappings = false, isPassing = false } = options;
      const key = JSON.stringify([isLocal, allMappings, isPassing]);
      const source = sources.get(key) ?? keep(openLayers(await configuration(), outside, options));
      sources.set(key, source);
      return source;
    },
    openRegistry: async (name) =>
      keep(await (await pools()).openNamedRegistry(name, await configuration(), outside)),
    resolveHash: async (digits) => (await resolving()).resolveHash(digits, session),
    resolveReference: async (text) => (await resolving()).resolveReference(text, session),
    answer: (document, render) => {
      outside.stdout.write(isJson ? renderDocument(document) : render(screen()));
    },
    print: (text) => void outside.stdout.write(text),
    note,
    finish: (result) => {
      status = result;
    },
  };
  return {
    session,
    status: () => status,
    isInterrupted: () => signal?.aborted ?? false,
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      const problems = [...sources.values()].flatMap((source) => source.problems());
      return [...new Set(problems.map(({ message }) => message))];
    },
  };
}

/** Makes something at the first call, and gives the same at every later one. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
