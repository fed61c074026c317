/** What may come next on a command line, from the tree of commands. */
import type { Argument, Command, Option } from "commander";
import type { Session } from "../session.js";
import { completeValue, kindOf } from "./complete-value.js";

export interface Completion {
  readonly value: string;
  /** What it is; may be "". */
  readonly description: string;
}
export interface Completions {
  readonly values: readonly Completion[];
  /** May it be a file, which the shell knows better? */
  readonly files: boolean;
}

/** @param words those after `ouverture`; the last is the one that is typed. */
export async function completeWords(
  program: Command,
  words: readonly string[],
  session: Session,
): Promise<Completions> {
  const typed = words.at(-1) ?? "";
  const { command, position, awaiting, isRest } = followWords(program, words.slice(0, -1));
  const isOption = typed.startsWith("-") && !isRest;
  if (awaiting !== null && !(awaiting.variadic && isOption)) {
    return completeFor(awaiting, typed, session);
  }
  const assigned = isRest ? null : /^(--[^=]+)=(.*)$/s.exec(typed);
  if (assigned !== null)
    return completeAssigned(command, assigned[1] ?? "", assigned[2] ?? "", session);
  if (isOption) return completeOptions(command, typed, words);
  const below = command.createHelp().visibleCommands(command);
  if (below.length > 0) {
    const values = below.map((one) => ({
      value: one.name(),
      description: one.summary() || one.description(),
    }));
    return { values: beginning(values, typed), files: false };
  }
  const parameters = command.registeredArguments;
  const last = parameters.at(-1);
  const parameter = parameters[position] ?? (last?.variadic ? last : undefined);
  return parameter === undefined ? NOTHING : completeFor(parameter, typed, session);
}

const NOTHING: Completions = { values: [], files: false };

interface Place {
  readonly command: Command;
  /** How many arguments it has already. */
  readonly position: number;
  /** The option whose value comes next. */
  readonly awaiting: Option | null;
  /** After `--` there are no options. */
  readonly isRest: boolean;
}

function followWords(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, position: 0, awaiting: null, isRest: false };
  for (const word of words) {
    const { command, awaiting, position, isRest } = place;
    if (awaiting !== null && !(awaiting.variadic && word.startsWith("-"))) {
      place = { ...place, awaiting: awaiting.variadic ? awaiting : null };
    } else if (word === "--" && !isRest) {
      place = { ...place, awaiting: null, isRest: true };
    } else if (word.startsWith("-") && word !== "-" && !isRest) {
      const option = optionNamed(command, word);
      place = { ...place, awaiting: option !== undefined && takesValue(option) ? option : null };
    } else {
      const child = command.commands.find((one) => one.name() === word);
      place =
        child === undefined
          ? { ...place, position: position + 1 }
          : { ...place, command: child, position: 0 };
    }
  }
  return place;
}

function optionNamed(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

async function completeAssigned(
  command: Command,
  name: string,
  typed: string,
  session: Session,
): Promise<Completions> {
  const option = optionNamed(command, name);
  if (option === undefined) return NOTHING;
  const { values, files } = await completeFor(option, typed, session);
  const whole = values.map((one) => ({ ...one, value: `${name}=${one.value}` }));
  return { values: whole, files };
}

function completeOptions(command: Command, typed: string, words: readonly string[]): Completions {
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long, variadic }) => variadic || long == null || !words.slice(0, -1).includes(long))
    .map(({ long, short, description }) => ({ value: long ?? short ?? "", description }));
  return { values: beginning(options, typed), files: false };
}

/** The values of an argument or an option: its choices, or what its name says. */
async function completeFor(
  parameter: Argument | Option,
  typed: string,
  session: Session,
): Promise<Completions> {
  const choices = parameter.argChoices ?? [];
  if (choices.length > 0) {
    const values = choices.map((value) => ({ value, description: "" }));
    return { values: beginning(values, typed), files: false };
  }
  return completeValue(kindOf(nameOf(parameter)), typed, session);
}

/** `lang` of `<lang...>` and of `--language <lang...>`. The names in `remote` are of registries. */
function nameOf(parameter: Argument | Option): string {
  if (!("flags" in parameter)) return parameter.name() === "name" ? "registry" : parameter.name();
  return /[<[](.*?)(?:\.\.\.)?[>\]]$/.exec(parameter.flags)?.[1] ?? "";
}

function beginning(values: readonly Completion[], typed: string): Completion[] {
  return values.filter(({ value }) => value.startsWith(typed));
}
