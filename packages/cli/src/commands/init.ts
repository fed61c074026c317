/** `ouverture init`: the user's pool and configuration; with `--repo`, what a repository needs. */
import { existsSync, mkdirSync } from "node:fs";
import { escapeText } from "@ouverture/core";
import { askGit, type Configuration, setUserValue } from "@ouverture/pool";
import { type Command, Option } from "commander";
import { fail } from "../failure.js";
import { checkLanguage } from "../language.js";
import type { Screen } from "../output/screen.js";
import { askText, canAsk } from "../prompts.js";
import type { Session } from "../session.js";
import { type SetupFlags, setUpRepository } from "../setup/set-up-repository.js";

interface InitFlags extends SetupFlags {
  readonly username?: string;
  readonly email?: string;
  readonly language?: readonly string[];
  readonly repo?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Creates your pool and your configuration, and asks who you are. With --repo it sets the " +
        "repository around you up: a folder for its functions, a check before each commit, and " +
        "one on GitHub. What is there already stays as it is.",
    )
    .option("--username <name>", "the name that what you add is signed with")
    .option("--email <address>", "your address")
    .option("--language <lang...>", "the languages in which you read functions, the dearest first")
    .addOption(
      new Option("--repo", "set the repository up").conflicts(["username", "email", "language"]),
    )
    .option("--yes", "with --repo: write the files without asking")
    .option("--dry-run", "with --repo: show what would be written, and write nothing")
    .addHelpText("after", HELP)
    .action(async (flags: InitFlags) => {
      if (flags.repo) return setUpRepository(flags, session);
      if (flags.yes || flags.dryRun) fail(2, "--yes and --dry-run are for --repo.", "Add --repo.");
      return setUpUser(flags, session);
    });
}

const HELP = `
Examples:
  $ ouverture init --username ada --email ada@example.com --language fra eng
  $ ouverture init --repo
  ✓ .ouverture/config.yaml written
  ✓ .git/hooks/pre-commit written
  ✓ .git/hooks/pre-merge-commit written
  ✓ .github/workflows/ouverture.yml written
`;

type User = Configuration["user"];

async function setUpUser(flags: InitFlags, session: Session): Promise<void> {
  for (const language of flags.language ?? []) await checkLanguage(language);
  const { user, userPool, userConfiguration: file } = await session.configuration();
  const hadPool = existsSync(userPool);
  const hadFile = existsSync(file);
  const answers = await askUser(flags, user, session);
  mkdirSync(userPool, { recursive: true });
  if (answers.username !== null) await setUserValue(file, "username", answers.username);
  if (answers.email !== null) await setUserValue(file, "email", answers.email);
  if (answers.languages.length > 0) await setUserValue(file, "languages", [...answers.languages]);
  const document = {
    pool: { path: userPool, created: !hadPool },
    configuration: { path: file, created: !hadFile && existsSync(file) },
    user: {
      username: answers.username ?? user.username,
      email: answers.email ?? user.email,
      languages: answers.languages.length > 0 ? answers.languages : user.languages,
    },
  };
  session.answer(document, (screen) => renderSetup(document, hadFile, screen));
}

type Answers = Pick<User, "username" | "email" | "languages">;

/** What is to be set: what the options say, and on a terminal the answers for what is not set. */
async function askUser(flags: InitFlags, user: User, session: Session): Promise<Answers> {
  const { directory, environment } = session.outside;
  const ask = async (
    option: string,
    message: string,
    initial: string | null,
  ): Promise<string | null> => {
    // What cannot be shown is not offered.
    const isShown = initial !== null && escapeText(initial) === initial;
    const offer = isShown ? { initial } : {};
    return (await askText(session, { message, option, ...offer })).trim() || null;
  };
  const given: Answers = {
    username: flags.username ?? null,
    email: flags.email ?? null,
    languages: [...new Set(flags.language ?? [])],
  };
  if (!canAsk(session)) return given;
  const git = (key: string) => askGit(directory, environment, ["config", "--get", key]);
  return {
    username:
      given.username ??
      (user.username === null
        ? await ask("--username", "What name should what you add be signed with?", git("user.name"))
        : null),
    email:
      given.email ??
      (user.email === null
        ? await ask("--email", "What is your address?", git("user.email"))
        : null),
    languages:
      given.languages.length > 0 || user.languages.length > 0
        ? given.languages
        : await askLanguages(session),
  };
}

async function askLanguages(session: Session): Promise<string[]> {
  const answer = await askText(session, {
    message: "In which languages do you read functions? The dearest first, such as: fra eng",
    option: "--language",
    initial: await systemLanguage(session.outside.environment),
    validate: async (text) => {
      try {
        for (const language of wordsOf(text)) await checkLanguage(language);
        return undefined;
      } catch (error) {
        return escapeText(error instanceof Error ? error.message : String(error));
      }
    },
  });
  return [...new Set(wordsOf(answer))];
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

/** The language that the system speaks: `fra` of `fr_FR.UTF-8`. */
async function systemLanguage(
  environment: Session["outside"]["environment"],
): Promise<string | undefined> {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const [code = ""] = (LC_ALL || LC_MESSAGES || LANG || "").split(/[_.@]/);
  if (!/^[a-z]{2,3}$/.test(code)) return undefined;
  const { suggestLanguages } = await import("../language-names.js");
  return suggestLanguages(code)[0]?.code;
}

interface Setup {
  readonly pool: { readonly path: string; readonly created: boolean };
  readonly configuration: { readonly path: string; readonly created: boolean };
  readonly user: Answers;
}

function renderSetup(
  { pool, configuration, user }: Setup,
  hadFile: boolean,
  { paint }: Screen,
): string {
  const lines = [
    `${paint.good("✓")} your pool ${paint.strong(escapeText(pool.path))} ${pool.created ? "created" : "was there already"}`,
  ];
  if (configuration.created || hadFile) {
    const state = configuration.created ? "created" : "was there already";
    lines.push(
      `${paint.good("✓")} your configuration ${paint.strong(escapeText(configuration.path))} ${state}`,
    );
  }
  for (const [key, value] of Object.entries({ ...user, languages: user.languages.join(" ") })) {
    const name = key === "languages" ? "language" : key;
    if (value) lines.push(`${paint.good("✓")} ${name} ${paint.strong(escapeText(value))}`);
    else
      lines.push(
        `${paint.warning("!")} ${name} is not set: 'ouverture whoami ${name} ...' sets it`,
      );
  }
  return `${lines.join("\n")}\n`;
}
