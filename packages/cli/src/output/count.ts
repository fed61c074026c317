/** Numbers in sentences. */

/** 1083 as `1,083`. */
export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
}

/** `1 function`, `1,083 functions`. */
export function counted(number: number, thing: string, things = `${thing}s`): string {
  return `${groupDigits(number)} ${number === 1 ? thing : things}`;
}
