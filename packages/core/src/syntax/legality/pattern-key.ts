/**
 * The literal keys of mapping patterns, so that two texts are equal exactly when
 * Python's `==` says so of the values: `1`, `1.0`, `True` and `1+0j` are one key.
 */
import type { Constant, Expression } from "../ast.js";

/** `null` where the key is no literal: what an attribute gives is not known. */
export function keyOf(node: Expression): string | null {
  if (node.kind === "Constant" && node.type === "str") {
    const { value } = node;
    return `s${typeof value === "string" ? value : value.join()}`;
  }
  if (node.kind === "Constant" && node.type === "bytes") return `b${node.value}`;
  if (node.kind === "Constant" && node.type === "None") return "None";
  const number = numberOf(node);
  if (number === null) return null;
  const real = numberKey(number.real);
  return number.imaginary === 0 ? real : `${real},${numberKey(number.imaginary)}`;
}

interface Complex {
  readonly real: number | bigint;
  readonly imaginary: number;
}

/** signed_number, complex_number */
function numberOf(node: Expression): Complex | null {
  switch (node.kind) {
    case "Constant":
      return constantOf(node);
    case "UnaryOp": {
      const operand = numberOf(node.operand);
      return operand && { real: -operand.real, imaginary: -operand.imaginary };
    }
    case "BinOp": {
      const left = numberOf(node.left);
      const right = numberOf(node.right);
      if (left === null || right === null) return null;
      const sign = node.op === "Sub" ? -1 : 1;
      return { real: Number(left.real), imaginary: sign * right.imaginary };
    }
    default:
      return null;
  }
}

function constantOf({ type, value }: Constant): Complex | null {
  switch (type) {
    case "int":
    case "float":
      return typeof value === "number" || typeof value === "bigint" ? real(value) : null;
    case "complex":
      return { real: 0, imaginary: Number(value) };
    case "True":
      return real(1);
    case "False":
      return real(0);
    default:
      return null;
  }
}

function real(value: number | bigint): Complex {
  return { real: value, imaginary: 0 };
}

/** Whole numbers are written alike, whatever their type; hexadecimal, which takes linear time. */
function numberKey(value: number | bigint): string {
  if (typeof value === "bigint") return value.toString(16);
  return Number.isInteger(value) ? BigInt(value).toString(16) : `f${value}`;
}
