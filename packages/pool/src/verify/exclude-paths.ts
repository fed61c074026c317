/** The files that a configuration excludes from the search. */

/**
 * Says whether a path (with `/`) is excluded: it fits a pattern, or is in a folder that does.
 * `*` and `?` stay within a name, `**` is any folders. Patterns of a stranger may not make
 * the search slow, so that there is no more in them than sets and alternatives.
 */
export async function excludePaths(
  patterns: readonly string[],
): Promise<(path: string) => boolean> {
  if (patterns.length === 0) return () => false;
  const { default: picomatch } = await import("picomatch");
  const whole = patterns.map((pattern) => pattern.replace(/\/+$/, ""));
  const options = { dot: true, noextglob: true, nonegate: true, maxLength: 1000 };
  return picomatch(
    whole.flatMap((pattern) => [pattern, `${pattern}/**`]),
    options,
  );
}
