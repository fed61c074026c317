import { describe, expect, it } from "vitest";
import { hash } from "../../src/canonical/hash.js";
import { encodeObject } from "../../src/record/object.js";
import { checkObject } from "../../src/verify/check-object.js";
import { bytesOf, type Stored, storedCode, storedFunction } from "./stored.js";

const mean = storedFunction(
  "def mean(values):\n    'The mean.'\n    return sum(values) / len(values)",
);
const caller = storedFunction(
  `from ouverture.pool import object_${mean.hash} as mean\ndef f(x):\n    return mean(x) + 1`,
);

function codeOf(stored: Stored): string {
  const checked = checkObject(stored.hash, bytesOf(stored));
  return checked.ok ? "ok" : checked.fault.code;
}

describe("checkObject", () => {
  it("accepts what normalize made", () => {
    expect(checkObject(caller.hash, bytesOf(caller))).toEqual({
      ok: true,
      value: { object: caller.object, dependencies: [mean.hash], olderForm: null },
    });
  });

  it.each(["", "4f", mean.hash.toUpperCase(), `${mean.hash}0`, "../../x"])(
    "refuses to look for %j",
    (name) => {
      expect(checkObject(name, bytesOf(mean))).toMatchObject({
        fault: { code: "malformed-hash", data: { name } },
      });
    },
  );

  it("refuses an object in the place of another", () => {
    expect(checkObject(caller.hash, bytesOf(mean))).toMatchObject({
      fault: { code: "malformed-object", data: { reason: "other-hash", path: "hash" } },
    });
  });

  it("says which hash a changed text has", () => {
    const code = mean.object.normalized_code.replace("sum", "max");
    expect(checkObject(mean.hash, bytesOf(storedCode(code, mean.hash)))).toMatchObject({
      fault: { code: "hash-mismatch", data: { expected: mean.hash, actual: hash(code) } },
    });
  });

  const canonical = mean.object.normalized_code;
  it.each([
    ["an empty text", ""],
    ["no Python", "def f(:"],
    ["two functions", `${canonical}\n\n${canonical}`],
    ["a statement beside the function", `print(1)\n\n${canonical}`],
    ["a line more", `${canonical}\n`],
    ["a comment", `# calculated\n${canonical}`],
    ["another layout", canonical.replace("/", " / ")],
    ["other names", canonical.replaceAll("_ouverture_v_1", "values")],
    ["another name of the function", canonical.replaceAll("_ouverture_v_0", "mean")],
    ["a name that nothing binds", canonical.replace("len", "lenn")],
  ])("refuses %s under its right hash", (_, code) => {
    expect(codeOf(storedCode(code))).toBe("not-canonical");
  });

  it("says the line, and why a text has no normal form", () => {
    const strange = storedCode(`${canonical}\nprint(1)`);
    expect(checkObject(strange.hash, bytesOf(strange))).toMatchObject({
      fault: { data: { line: 3, refused: { code: "stray-statement" } } },
    });
    const longer = storedCode(`${canonical}\n    return 2  # no`);
    expect(checkObject(longer.hash, bytesOf(longer))).toMatchObject({
      fault: { code: "not-canonical", data: { line: 3 } },
    });
  });

  it("takes listed dependencies at their word only if they are those of the code", () => {
    const { normalized_code: code } = caller.object;
    const other = "0".repeat(64);
    expect(codeOf(storedCode(code, caller.hash, []))).toBe("ok");
    expect(codeOf(storedCode(code, caller.hash, [mean.hash]))).toBe("ok");
    for (const listed of [[other], [mean.hash, mean.hash], [other, mean.hash]]) {
      const stored = storedCode(code, caller.hash, listed);
      expect(checkObject(caller.hash, bytesOf(stored))).toMatchObject({
        fault: { code: "wrong-dependencies", data: { listed, actual: [mean.hash] } },
      });
    }
    expect(codeOf(storedCode(canonical, mean.hash, [other]))).toBe("wrong-dependencies");
  });

  describe("of the older form", () => {
    const plain =
      "def _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return _ouverture_v_2 - _ouverture_v_1";
    const documented = plain.replace("\n", '\n    """Subtract.\n\n    Twice.\n    """\n');
    const cases: [string, string, string][] = [
      ["names in another order", plain, plain],
      ["a docstring inside", documented, plain],
      [
        "nothing but a docstring",
        'def _ouverture_v_0():\n    """Later."""',
        "def _ouverture_v_0():",
      ],
      [
        "several names in one import, not sorted",
        `import math\nfrom os.path import join, basename\n\n${plain.replace("return", "return basename(join('', '')) or math.pi -")}`,
        `import math\nfrom os.path import join, basename\n\n${plain.replace("return", "return basename(join('', '')) or math.pi -")}`,
      ],
      [
        "bare hashes",
        `from ouverture.pool import ${"a".repeat(64)}\n\ndef _ouverture_v_0():\n    return ${"a".repeat(64)}._ouverture_v_0()`,
        `from ouverture.pool import ${"a".repeat(64)}\n\ndef _ouverture_v_0():\n    return ${"a".repeat(64)}._ouverture_v_0()`,
      ],
      [
        "the f-strings of Python 3.12",
        `def _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return f"{_ouverture_v_2['a']}{_ouverture_v_1}"`,
        `def _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return f"{_ouverture_v_2['a']}{_ouverture_v_1}"`,
      ],
    ];
    const printed = [
      "    (_ouverture_v_2, _ouverture_v_1) = (1, 2)\n    return _ouverture_v_1 - _ouverture_v_2",
      "    return lambda : 1",
      "    return f'{input}\\n{f\"{id}\"}'",
    ];
    for (const body of printed) {
      const code = `def _ouverture_v_0():\n${body}`;
      cases.push([`what some version prints: ${body.trim()}`, code, code]);
    }
    it.each(cases)("is accepted with a remark: %s", (_, code, hashed) => {
      const stored = storedCode(code, hash(hashed));
      const checked = checkObject(stored.hash, bytesOf(stored));
      expect(checked).toMatchObject({ ok: true });
      expect(checked.ok && checked.value.olderForm?.code).toBe("not-canonical");
    });

    it("is refused where the hash is of another text", () => {
      const stored = storedCode(documented.replace(" - ", " + "), hash(plain));
      expect(codeOf(stored)).toBe("hash-mismatch");
    });

    it.each([
      ["a comment", plain.replace("return", "# honest\n    return")],
      [
        "a statement more on the docstring's line",
        documented.replace('"""\n    return', '""";x = 1\n    return'),
      ],
      ["a statement beside the function", `${plain}\nprint(1)`],
      ["a name that nothing binds", plain.replace("return", "return surplus -")],
    ])("is refused with %s", (_, code) => {
      expect(codeOf(storedCode(code))).toBe("not-canonical");
    });
  });

  it("reports every change of a bit, but in what no hash covers", () => {
    const text = encodeObject(caller.object);
    const bytes = new TextEncoder().encode(text);
    const claims = [text.indexOf('"created"'), text.indexOf('"dependencies"')] as const;
    const missed: number[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const isClaim = at >= claims[0] && at < claims[1];
        // A space for a line end, or the other way round, is the same JSON.
        const isSpace =
          /^[ \n]$/.test(text[at] ?? "") && /[ \n\t\r]/.test(String.fromCharCode(changed[at] ?? 0));
        if (checkObject(caller.hash, changed).ok && !isClaim && !isSpace) missed.push(at);
      }
    }
    expect(missed.map((at) => text.slice(at, at + 10))).toEqual([]);
  });
});
