/**
 * Numbers as Python's `repr` writes them: the shortest digits that give the
 * number again, which are JavaScript's digits too; only the notation differs.
 */

/** An infinite literal, which has no `repr` that is an expression. */
const INFINITY = "1e309";

/** The `repr` of a float (`1.0`, `1e-05`, `1e+16`), or a literal that overflows to infinity. */
export function floatText(value: number): string {
  if (value >= 1e-4 && value < 1e16) {
    const text = String(value);
    return Number.isInteger(value) ? `${text}.0` : text;
  }
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  return exponentText(value, ".0");
}

/** The `repr` of a complex number without real part, of which `value` is the imaginary part. */
export function imaginaryText(value: number): string {
  if (value >= 1e-4 && value < 1e16) return `${value}j`;
  if (value === 0) return Object.is(value, -0) ? "-0j" : "0j";
  return `${exponentText(value, "")}j`;
}

/** For what is not in [1e-4, 1e16): an exponent of at least two digits, if its size calls for one. */
function exponentText(value: number, whole: string): string {
  if (value < 0) {
    const size = -value;
    return size >= 1e-4 && size < 1e16
      ? `${value}${Number.isInteger(value) ? whole : ""}`
      : `-${exponentText(size, whole)}`;
  }
  if (value === Infinity) return INFINITY;
  const text = value.toExponential();
  const at = text.indexOf("e");
  const exponent = text.slice(at + 2);
  return `${text.slice(0, at + 2)}${exponent.length < 2 ? "0" : ""}${exponent}`;
}
