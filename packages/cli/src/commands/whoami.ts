/** `ouverture whoami`: who the user is, as the pool will know them; to read and to set. */
import { escapeText } from "@ouverture/core";
import { type Configuration, setUserValue } from "@ouverture/pool";
import { Argument, type Command } from "commander";
import { fail } from "../failure.js";
import { checkLanguage } from "../language.js";
import { readConfiguration } from "../open-pools.js";
import { renderPage } from "../output/page.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Shows who you are, or one thing of it, or sets it. The name is written into what you add; " +
        "functions are shown in the first of your languages that they have.",
    )
    .addArgument(new Argument("[key]", "what to show or set").choices(Object.keys(KEYS)))
    .argument("[value...]", "sets it to this; several languages, the dearest first")
    .addHelpText("after", HELP)
    .action(async (key: Key | undefined, values: string[]) => {
      if (key === undefined) await showAll(session);
      else if (values.length === 0) await showOne(key, session);
      else await setOne(key, values, session);
    });
}

const HELP = `
Exit status: 0 it is shown or set; 1 it is not set; 2 it could not be.

Example:
  $ ouverture whoami language fra eng
  language is now fra eng
  $ ouverture whoami language
  fra eng
`;

type User = Configuration["user"];

/** As the command line has it, and as the configuration does. */
const KEYS = {
  username: "username",
  email: "email",
  "public-key": "public_key",
  language: "languages",
} as const satisfies Record<string, keyof User>;
type Key = keyof typeof KEYS;

async function showAll(session: Session): Promise<void> {
  const { user, userConfiguration } = await session.configuration();
  session.answer({ ...user, configuration: userConfiguration }, (screen) => {
    const parts = Object.entries(KEYS).map(([label, key]) => {
      const value = textOf(user[key]);
      return { label, value: value ?? { text: "not set", paint: screen.paint.faint } };
    });
    return renderPage([{ parts }], screen);
  });
}

async function showOne(key: Key, session: Session): Promise<void> {
  const { user } = await session.configuration();
  const value = user[KEYS[key]];
  const text = textOf(value);
  if (text === null) {
    fail(1, `No ${key} is set.`, `'ouverture whoami ${key} ${EXAMPLES[key]}' sets it.`);
  }
  session.answer({ [KEYS[key]]: value }, () => linesOf(text));
}

const EXAMPLES: Readonly<Record<Key, string>> = {
  username: "ada",
  email: "ada@example.com",
  "public-key": '"ssh-ed25519 ..."',
  language: "eng fra",
};

async function setOne(key: Key, values: readonly string[], session: Session): Promise<void> {
  const { userConfiguration: file } = await session.configuration();
  const value = key === "language" ? await checkedLanguages(values) : onlyOne(key, values);
  if (typeof value !== "string") await setUserValue(file, "languages", value);
  else if (key !== "language") await setUserValue(file, KEYS[key], value);
  session.answer({ [KEYS[key]]: value, configuration: file }, () =>
    linesOf(`${key} is now ${textOf(value)}`),
  );
  const holds = textOf((await readConfiguration(session.outside)).user[KEYS[key]]);
  if (holds !== textOf(value)) {
    session.note(escapeText(`Here it stays ${holds}: the environment or the repository says so.`));
  }
}

async function checkedLanguages(values: readonly string[]): Promise<string[]> {
  for (const language of values) await checkLanguage(language);
  return [...new Set(values)];
}

function onlyOne(key: Key, [value = "", ...others]: readonly string[]): string {
  if (others.length === 0) return value;
  fail(2, `There is one ${key}, and these are ${others.length + 1}.`, "Write it in quotes.");
}

/** `null` where it is not set. */
function textOf(value: string | readonly string[] | null): string | null {
  if (value === null || typeof value === "string") return value;
  return value.length === 0 ? null : value.join(" ");
}

/** A value as it is, so that it can be copied: never broken into lines. */
function linesOf(text: string): string {
  return `${text.trimEnd().split("\n").map(escapeText).join("\n")}\n`;
}
