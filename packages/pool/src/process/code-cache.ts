/**
 * Keeps what V8 made of the modules of the bundle for the next start, as v8.dev/blog/code-caching
 * has it: that is a third of the time of a short command. Node's own cache (22.8 and later) keeps
 * less, and by default in a folder that is everybody's; what is kept here is run.
 */
import {
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { type Environment, locate } from "../configuration/locations.js";
import { isOwn } from "./is-own.js";

/**
 * From now on, modules in the folder `bundle` are loaded from the cache where they are in it. At
 * the end of the process what was missing is added. Nothing here ever fails. Modules whose names
 * tell their content are found without Node's search for modules, which takes as long as to
 * run them. They have to `require` what they load: there is no `import()` in them.
 * @param name of the command: each has its own file, because each uses other functions.
 */
export function useCodeCache(bundle: string, name: string, environment: Environment): void {
  if (environment.NODE_DISABLE_COMPILE_CACHE) return;
  try {
    keepCode(bundle, join(locate(environment).cache, "code"), NAME.test(name) ? name : "other");
  } catch {
    // A user without a home has no cache.
  }
}

/** Of a command; what is typed in its place may be anything. */
const NAME = /^[a-z][a-z-]*$/;

/** @param directory the user's own folder for this; it is made. */
function keepCode(bundle: string, directory: string, name: string): void {
  const file = join(directory, `${process.version}-${process.arch}-${name}.bin`);
  const recall = openCache(file);
  const scripts = new Map<string, vm.Script>();
  const modules = new Map<string, NodeJS.Module>();
  let isStale = false;
  const load: Load = Reflect.get(Module, "_load");

  function compile(id: string): vm.Script {
    const filename = join(bundle, id);
    const cachedData = recall(id);
    const script = new vm.Script(Module.wrap(readFileSync(filename, "latin1")), {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    scripts.set(id, script);
    if (script.cachedDataRejected !== false) isStale = true;
    return script;
  }

  function loadCached(request: string, parent: NodeJS.Module | null, isMain?: boolean): unknown {
    const id = HAS_HASH.exec(request)?.[1];
    if (id === undefined || parent?.path !== bundle)
      return load.call(Module, request, parent, isMain);
    const loaded = modules.get(id);
    if (loaded !== undefined) return loaded.exports;
    const module = new Module(join(bundle, id), parent);
    modules.set(id, module);
    try {
      const require = (wanted: string): unknown => loadCached(wanted, parent);
      compile(id).runInThisContext()(module.exports, require, module, module.id, bundle);
    } catch (error) {
      modules.delete(id);
      throw error;
    }
    return module.exports;
  }

  Reflect.set(Module, "_load", loadCached);
  process.once("exit", (status) => {
    // A command that does not exist gets no file.
    if (isStale && status < 2) writeCache(file, directory, scripts);
  });
}

type Load = (request: string, parent: NodeJS.Module | null, isMain?: boolean) => unknown;

/** The name tells the content, so that what is kept of a module is of just this one. */
const HAS_HASH = /^\.\/([\w-]+-[\w-]{8}\.cjs)$/;

/**
 * Gives what is kept of a module. The file is the length of the head, the head (names and lengths,
 * as JSON), and the pieces, which are read when they are asked for: a run may need few of them.
 */
function openCache(file: string): (id: string) => Buffer | undefined {
  const places = new Map<string, { readonly at: number; readonly length: number }>();
  try {
    const stats = lstatSync(file);
    if (!isOwn(stats)) return () => undefined;
    // It stays open: another process may put a new one in its place.
    const handle = openSync(file, "r");
    const start = HEAD_LENGTH + readPiece(handle, 0, HEAD_LENGTH).readUInt32LE(0);
    const head = readPiece(handle, HEAD_LENGTH, start - HEAD_LENGTH).toString();
    let at = start;
    for (const [id, length] of JSON.parse(head) as [string, number][]) {
      places.set(id, { at, length });
      at += length;
    }
    if (at !== stats.size) return () => undefined;
    return (id) => {
      const place = places.get(id);
      return place && readPiece(handle, place.at, place.length);
    };
  } catch {
    return () => undefined;
  }
}

function readPiece(handle: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  const read = readSync(handle, bytes, 0, length, at);
  if (read !== length) throw new Error("the file is too short");
  return bytes;
}

const HEAD_LENGTH = 4;

function writeCache(
  file: string,
  directory: string,
  scripts: ReadonlyMap<string, vm.Script>,
): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!isOwn(lstatSync(directory))) return;
    const pieces = [...scripts].map(([id, script]) => [id, script.createCachedData()] as const);
    const head = Buffer.from(JSON.stringify(pieces.map(([id, { length }]) => [id, length])));
    const length = Buffer.alloc(HEAD_LENGTH);
    length.writeUInt32LE(head.length);
    const bytes = Buffer.concat([length, head, ...pieces.map(([, piece]) => piece)]);
    writeFileSync(temporary, bytes, { flag: "wx", mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where there is no folder there is no file.
  }
}
