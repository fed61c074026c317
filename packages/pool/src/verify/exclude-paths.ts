/** The files that a configuration excludes from the search. */
import picomatch from "picomatch";

/**
 * Says whether a path (with `/`) is excluded: it fits a pattern, or is in a folder that does.
 * `*` and `?` stay within a name, `**` is any folders. Patterns of a stranger may not make
 * the search slow, so that there is no more in them than sets and alternatives.
 */
export function excludePaths(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const whole = patterns.map((pattern) => pattern.replace(/\/+$/, ""));
  const options = { dot: true, noextglob: true, nonegate: true, maxLength: 1000 };
  return picomatch(
    whole.flatMap((pattern) => [pattern, `${pattern}/**`]),
    options,
  );
}
