import { describe, expect, it } from "vitest";
import type { Warning, WarningCode } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";
import { warningMessage } from "../../src/report/warning-message.js";

/** One source for each code: a code without one does not compile. */
const SOURCES: { readonly [C in WarningCode]: string } = {
  "dynamic-names": "def f(x):\n    return locals()",
  "dynamic-keywords": "def f(x, **more):\n    return f(1, **more)",
  "debug-f-string": 'def f(x):\n    return f"{x=}"',
  "inner-docstring": 'def f(x):\n    def g():\n        """Text."""\n    return g',
  "unused-import": "import os\ndef f(x):\n    return x",
  "template-expression": 'def f(x):\n    return t"{ x+1 }"',
};

describe("warningMessage", () => {
  it.each(Object.entries(SOURCES))("says what %s is about", (code, source) => {
    const normal = normalize(source);
    if (!normal.ok) throw new Error(normal.fault.code);
    const found = normal.value.warnings.filter((one) => one.code === code);
    expect(found).toHaveLength(1);
    expect(warningMessage(found[0] as Warning)).toMatchSnapshot();
  });
});
