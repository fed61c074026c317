/** Where things of the user are: the pool, the configuration, what is kept to be fast (docs/pool.md). */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Full paths; nothing says that anything is there. */
export interface Locations {
  readonly home: string;
  /** `$OUVERTURE_DIRECTORY`, or else `~/.local/ouverture`. */
  readonly userPool: string;
  /** The user's configuration: the file that is there, or else the one to create. */
  readonly userConfiguration: string;
  /** Another configuration that is there as well, and is not read; else `null`. */
  readonly otherConfiguration: string | null;
  /** Clones and indexes, which can be made again. */
  readonly cache: string;
}

/**
 * Gives the places of the user whose home is `home`. The configuration is
 * `$XDG_CONFIG_HOME/ouverture/config.yaml` (`~/.config` without the variable) or
 * `~/.ouverture/config.yaml`. Where both exist, or none, it is the first if the
 * variable is set, and the second if it is not.
 */
export function locate(environment: Environment, home = homeOf(environment)): Locations {
  const pool = variableOf(environment, "OUVERTURE_DIRECTORY");
  const configHome = absoluteOf(environment, "XDG_CONFIG_HOME");
  const xdg = join(configHome ?? join(home, ".config"), "ouverture", "config.yaml");
  const plain = join(home, ".ouverture", "config.yaml");
  const [first, second] = configHome === null ? [plain, xdg] : [xdg, plain];
  const isSecond = !existsSync(first) && existsSync(second);
  return {
    home,
    userPool: pool === null ? join(home, ".local", "ouverture") : resolve(pool),
    userConfiguration: isSecond ? second : first,
    otherConfiguration: !isSecond && existsSync(first) && existsSync(second) ? second : null,
    cache: join(cacheOf(environment, home), "ouverture"),
  };
}

/** The value of a variable; `null` where it is not set, or empty. */
export function variableOf(environment: Environment, name: string): string | null {
  return environment[name] || null;
}

/** XDG has it that a path that is not absolute is to be ignored. */
function absoluteOf(environment: Environment, name: string): string | null {
  const value = variableOf(environment, name);
  return value !== null && isAbsolute(value) ? value : null;
}

function homeOf(environment: Environment): string {
  const name = process.platform === "win32" ? "USERPROFILE" : "HOME";
  return variableOf(environment, name) ?? homedir();
}

function cacheOf(environment: Environment, home: string): string {
  const local = process.platform === "win32" ? variableOf(environment, "LOCALAPPDATA") : null;
  return absoluteOf(environment, "XDG_CACHE_HOME") ?? local ?? join(home, ".cache");
}
