/**
 * Functions for measurements: as many as wanted, all different, 300 to 800 bytes each, with
 * words of three languages and with dependencies. The same seed gives the same functions.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  encodeMapping,
  encodeObject,
  mappingHash,
  mappingPath,
  normalize,
  objectPath,
} from "@ouverture/core";

const WORDS = {
  eng: "total count value item price order rate limit first last index sum weight score level amount".split(
    " ",
  ),
  fra: "somme nombre valeur élément prix commande taux limite premier dernier indice total poids note niveau montant".split(
    " ",
  ),
  jpn: "合計 個数 値 項目 価格 注文 率 上限 最初 最後 番号 総和 重さ 点数 段階 金額".split(" "),
};
const LANGUAGES = Object.keys(WORDS);
/** How many functions back a dependency may be. */
const REACH = 5000;

/** Gives `count` records (see FunctionRecord); each depends on up to `most` earlier ones. */
export function* generateRecords(count, seed = 1, most = 2) {
  const random = randomNumbers(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const earlier = [];
  for (let index = 0; index < count; index += 1) {
    const language = pick(LANGUAGES);
    const dependencies = new Set();
    const wanted = Math.floor(random() * (most + 1));
    while (dependencies.size < Math.min(wanted, earlier.length)) dependencies.add(pick(earlier));
    const normal = normalize(sourceOf(index, language, [...dependencies], random, pick));
    if (!normal.ok) throw new Error(normal.fault.code);
    const { hash, code, mapping } = normal.value;
    if (earlier.length < REACH) earlier.push(hash);
    else earlier[index % REACH] = hash;
    yield {
      object: {
        schema_version: 1,
        hash,
        hash_algorithm: "sha256",
        normalized_code: code,
        encoding: "none",
        metadata: {
          created: "2026-01-01T00:00:00Z",
          author: `author ${index % 50}`,
          tags: [pick(WORDS.eng)],
          dependencies: normal.value.dependencies,
        },
      },
      mappings: [{ language, mapping }],
    };
  }
}

/** Writes records into a pool directory: as `add` does, without its checks and its syncs. */
export function writePool(directory, records) {
  for (const { object, mappings } of records) {
    write(join(directory, objectPath(object.hash).value), encodeObject(object));
    for (const { language, mapping } of mappings) {
      const path = mappingPath(object.hash, language, mappingHash(mapping)).value;
      write(join(directory, path), encodeMapping(mapping));
    }
  }
}

function write(place, text) {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

function sourceOf(index, language, dependencies, random, pick) {
  const words = WORDS[language];
  const number = () => Math.floor(random() * 1000);
  const name = (part) => `${words[part % words.length]}_${Math.floor(part / words.length)}`;
  const imports = dependencies.map(
    (hash, at) => `from ouverture.pool import object_${hash} as ${words[at]}_of`,
  );
  const locals = [name(index), name(index + 1)];
  const lines = [`def ${words[index % 16]}_${index}(${locals.join(", ")}):`];
  const about = Array.from({ length: 4 + Math.floor(random() * 8) }, () => pick(words)).join(" ");
  lines.push(`    """${about}."""`, `    ${name(index + 2)} = ${index}`);
  locals.push(name(index + 2));
  const statements = 1 + Math.floor(random() * 5);
  for (let at = 0; at < statements; at += 1) {
    const [a, b] = [pick(locals), pick(locals)];
    const fresh = name(index + 3 + at);
    lines.push(
      ...pick([
        [`    ${fresh} = ${a} * ${number()} + ${b}`],
        [
          `    ${fresh} = [${a} + one for one in range(${number()}) if one % ${2 + at} == ${at % 2}]`,
          `    ${a} = len(${fresh})`,
        ],
        [
          `    ${fresh} = ${number()}`,
          `    for one in range(${b}):`,
          `        ${fresh} += one - ${a}`,
        ],
        [`    ${fresh} = ${a}`, `    if ${a} > ${number()}:`, `        ${fresh} = max(${a}, ${b})`],
        [
          `    ${fresh} = {'${pick(words)}': ${a}, 'more': ${b}}.get('${pick(words)}', ${number()})`,
        ],
        [`    ${fresh} = sum((${a}, ${b}, ${number()})) // ${1 + number()}`],
      ]),
    );
    locals.push(fresh);
  }
  dependencies.forEach((_, at) => {
    lines.push(`    ${locals[2]} += ${words[at]}_of(${pick(locals)}, ${number()})`);
  });
  lines.push(`    return ${locals.slice(-2).join(" + ")}`);
  return [...imports, ...lines, ""].join("\n");
}

/** Numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
