/** Private name mangling (Python's reference, "Identifiers (Names)"). */

/** What is put before the private names in the body of a class; "" where nothing is. */
export function manglingPrefix(className: string): string {
  let start = 0;
  while (className.charCodeAt(start) === UNDERSCORE) start += 1;
  return start === className.length ? "" : `_${className.slice(start)}`;
}

/** `__x` and the like, but neither `__x__` nor a dotted name. */
export function isPrivate(name: string): boolean {
  return (
    name.charCodeAt(0) === UNDERSCORE &&
    name.charCodeAt(1) === UNDERSCORE &&
    !name.endsWith("__") &&
    !name.includes(".")
  );
}

const UNDERSCORE = 95;
