/**
 * The names of the pool (docs/normal-form.md, "Pool imports"): which module an
 * import reaches, and which hash an imported name is.
 */

const HASH = /^[0-9a-f]{64}$/;
const PREFIX = "object_";

/** Is `text` a full lower-case sha256? */
export function isHash(text: string): boolean {
  return typeof text === "string" && HASH.test(text);
}

/** The name under which the normal form imports a function: `object_<hash>`. */
export function poolNameOf(hash: string): string {
  return PREFIX + hash;
}

/** The hash that an imported name is, as `object_<hash>` or bare; `null` where it is malformed. */
export function hashOfPoolName(name: string): string | null {
  const hash = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return isHash(hash) ? hash : null;
}

/** The module that the normal form imports from. */
export const POOL_MODULE = "ouverture.pool";
/** The package around it, accepted in its place. */
export const POOL_PACKAGE = "ouverture";

/** May functions of the pool be imported from the module of this name? */
export function isPoolModule(module: string): boolean {
  return module === POOL_MODULE || module === POOL_PACKAGE;
}

/** Is the module of this name the pool's package, or inside it? */
export function isInPoolPackage(module: string): boolean {
  return module === POOL_PACKAGE || module.startsWith(`${POOL_PACKAGE}.`);
}

/** The attribute by which a module of the pool gives its function, and that function's name. */
export const FUNCTION_NAME = "_ouverture_v_0";

/** What the names of the normal form begin with. */
export const NAME_PREFIX = "_ouverture_v_";

const RESERVED = /^_ouverture_v_[0-9]+$/;

/** The name of the binding with this number. */
export function numberedName(number: number): string {
  if (number >= MOST_KEPT) return NAME_PREFIX + number;
  const name = keptNames[number] ?? NAME_PREFIX + number;
  keptNames[number] = name;
  return name;
}

/** The first names are those of every function: each is made once. */
const keptNames: string[] = [];
const MOST_KEPT = 256;

/** Does `name` look like a numbered binding? */
export function isReservedName(name: string): boolean {
  return name.charCodeAt(0) === 95 && RESERVED.test(name);
}
