/**
 * Functions that can be called, made up by chance: each in three languages, some of them with
 * functions made before. Their names differ in every language; what they give does not.
 */
import { type Choose, chooseFrom } from "../../core/test/canonical/program.js";

export interface Runnable {
  /** By language: the file as somebody writes it. */
  readonly sources: Readonly<Record<string, string>>;
  /** Lists of arguments, as literals of Python. */
  readonly calls: readonly string[];
}

/** A function that was made before: what it is called by language, and its parameter. */
export interface Known {
  readonly hash: string;
  readonly parameter: Readonly<Record<string, string>>;
}

export const LANGUAGES = ["eng", "fra", "jpn"] as const;
type Language = (typeof LANGUAGES)[number];

const WORDS: Readonly<Record<Language, readonly string[]>> = {
  eng: ["total", "value", "items", "count", "inner", "step", "letter", "key", "Box", "rest"],
  fra: [
    "somme",
    "valeur",
    "éléments",
    "nombre",
    "dedans",
    "pas",
    "lettre",
    "clé",
    "Boîte",
    "reste",
  ],
  jpn: ["合計", "値", "項目", "数", "内側", "歩", "文字", "鍵", "箱", "残り"],
};

/** Where `$3` is the fourth word, `@` the function made before, and `@=` its parameter. */
const EXPRESSIONS: readonly string[] = [
  "$1 + 1",
  "[$6 for $6 in str($1)]",
  "{$7: $6 for $7, $6 in enumerate(str($1))}",
  "sum($5 for $5 in range(len(str($1))) if $5 % 2)",
  "f'{$1!r:>{len(str($1))}} {$3}'",
  "(lambda $5, $7=2: ($5, $7))($1)",
  "($9 := $3 + 2) * 2",
  "sorted({str($1), 'é', \"it's\"})",
  "$1 if $1 else None",
  "[*str($1)][-1:]",
  "math.floor(1.5) // $3",
  "OrderedDict(a=$1).get('a')",
  "int($1)",
  "not $1",
];
const POOLED: readonly string[] = ["@($1)", "@(@=$1)", "f'{@(@=$1)}'", "list(map(@, [$1, $3]))"];

const STATEMENTS: readonly string[] = [
  "$0 = $0, EXPRESSION",
  "for $5 in range(3):\n    $3 += $5\n$0 = $3",
  "def $4($1, *, $7=EXPRESSION):\n    nonlocal $3\n    $3 += 1\n    return $1, $7\n$0 = $4($3, $7=EXPRESSION)",
  "try:\n    $0 = EXPRESSION\nexcept TypeError as $7:\n    $0 = type($7).__name__",
  "class $8:\n    __kept = 5\n\n    def size(self, value=$3):\n        return self.__kept, value\n$0 = $8().size()",
  "if $3 > 2:\n    raise ValueError(f'too many: {$3}')",
  "with contextlib.suppress(KeyError):\n    $0 = {1: EXPRESSION}[$3]",
  "while $3 < 4:\n    $3 += 1\nelse:\n    $0 = ($0, $3)",
  "$0, *$9 = str($1), EXPRESSION, $3\n$0 = $9",
  "global counter\ncounter = $3\n$0 = (counter, $0)",
  "assert $3, EXPRESSION",
  "import json\n$0 = json.dumps(str($0))",
];

const SHAPES: readonly string[] = [
  "def NAME($1, $3=1):\n    DOC\n    $0 = None\nBODY\n    return ($0, $3)",
  "@functools.lru_cache(maxsize=None)\ndef NAME($1, $3=1):\n    DOC\n    $0 = None\nBODY\n    return $0",
  "def NAME($1, $3=1):\n    $0 = None\nBODY\n    yield $0\n    yield from [$3]",
  "async def NAME($1, $3=1):\n    DOC\n    $0 = None\nBODY\n    return $0",
  "def NAME($1, $3=1):\n    DOC\n    $0 = None\nBODY\n    return $0 if $3 > 4 else NAME($1, $3=$3 + 4)",
];

const CALLS: readonly string[] = [
  "[4]",
  "['ab']",
  "[0, 3]",
  "[[1]]",
  "[]",
  "[None, 2]",
  "[2.5, 0]",
];

/** Makes a function. `known` are those that it may import. */
export function makeRunnable(seed: number, known: readonly Known[]): Runnable {
  const choose = chooseFrom(seed);
  const used = known.filter(() => choose(3) === 0).slice(-2);
  const template = makeTemplate(choose, used.length);
  const sources = Object.fromEntries(
    LANGUAGES.map((language) => [language, write(template, language, seed, used)]),
  );
  return {
    sources,
    calls: CALLS.filter(() => choose(2) === 0)
      .slice(0, 4)
      .concat("[7]"),
  };
}

function makeTemplate(choose: Choose, imports: number): string {
  const pick = (list: readonly string[]): string => list[choose(list.length)] ?? "";
  const expression = (): string =>
    imports > 0 && choose(2) === 0
      ? pick(POOLED).replaceAll("@", `@${choose(imports)}`)
      : pick(EXPRESSIONS);
  // Each at most once: what a keyword names is known of a function that is defined once.
  const chosen = new Set(Array.from({ length: 1 + choose(4) }, () => pick(STATEMENTS)));
  const body = [...chosen].map((statement) => statement.replaceAll("EXPRESSION", expression));
  // A global is declared before all else.
  body.sort((a, b) => Number(b.startsWith("global")) - Number(a.startsWith("global")));
  const lines = body.join("\n").replaceAll(/^(?=.)/gm, "    ");
  return pick(SHAPES).replace("BODY", () => lines);
}

function write(template: string, language: Language, seed: number, used: readonly Known[]): string {
  const words = WORDS[language];
  const text = template
    .replaceAll("NAME", `${words[0]}_${seed}`)
    .replaceAll("DOC", `"""${words[0]}: ${words[1]}, ${words[2]}."""`)
    .replaceAll(/@(\d)=/g, (_, at) => `${used[Number(at)]?.parameter[language] ?? ""}=`)
    .replaceAll(/@(\d)/g, (_, at) => `${words[4]}_${at}_f`)
    .replaceAll(/\$(\d)/g, (_, at) => words[Number(at)] ?? "");
  const imports = used.map(
    ({ hash }, at) => `from ouverture.pool import object_${hash} as ${words[4]}_${at}_f`,
  );
  const modules = ["import contextlib", "import functools", "import math"];
  const from = "from collections import OrderedDict";
  return `${[...modules, from, ...imports].join("\n")}\n\n${text}\n`;
}

export function parameterOf(language: Language): string {
  return WORDS[language][1] ?? "";
}
