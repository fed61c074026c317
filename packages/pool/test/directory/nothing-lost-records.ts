/** The functions that the processes of nothing-lost.test.ts add. */
import type { FunctionRecord } from "../../src/store.js";
import { recordOf } from "../store-suite-records.js";

/**
 * The function of a writer under a number. Each third is one that all writers have, with a
 * mapping of their own; the others depend on the one before.
 */
export function writerRecord(writer: number, number: number): FunctionRecord {
  if (number % 3 === 0) {
    const source = `def shared(number):\n    return number + ${number}`;
    return recordOf({ eng: source }, [`writer ${writer}`]);
  }
  const { hash } = writerRecord(writer, number - 1).object;
  return recordOf({
    eng: `from ouverture.pool import object_${hash} as before\n\ndef after(number):\n    """Number ${number}."""\n    return before(number) * ${writer} + ${number}`,
    fra: `from ouverture.pool import object_${hash} as avant\n\ndef après(nombre):\n    return avant(nombre) * ${writer} + ${number}`,
  });
}
