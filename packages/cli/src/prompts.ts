/** Questions to the person at the terminal. Without one, a question fails and names the option. */
import { Writable } from "node:stream";
import { Cancellation, fail } from "./failure.js";
import type { OutputStream } from "./outside.js";
import type { Session } from "./session.js";

interface Question {
  /** Already escaped, where anything in it is from outside. */
  readonly message: string;
  /** What gives the answer on the command line: `--username`. */
  readonly option: string;
}

export interface TextQuestion extends Question {
  /** What stands there, to be changed or taken as it is. */
  readonly initial?: string | undefined;
  /** Says what is wrong with an answer, as a sentence. */
  readonly validate?: (answer: string) => string | undefined | Promise<string | undefined>;
}

/** Can this session ask at all? A dumb terminal cannot move its cursor. */
export function canAsk({ isJson, outside }: Session): boolean {
  const { stdin, stderr, environment } = outside;
  return !isJson && stdin.isTTY === true && stderr.isTTY === true && environment.TERM !== "dumb";
}

/** Asks for a line of text, until it is valid. */
export async function askText(session: Session, question: TextQuestion): Promise<string> {
  const { message, initial, validate } = question;
  const { text } = await openPrompts(session, question);
  const answer = await text({
    ...streamsOf(session),
    message,
    ...(initial === undefined ? {} : { initialValue: initial }),
    ...(validate === undefined ? {} : { validate: (value = "") => validate(value) }),
  });
  return answered<string>(answer);
}

/** Asks yes or no. */
export async function askConfirmation(
  session: Session,
  question: Question & { readonly initial?: boolean },
): Promise<boolean> {
  const { message, initial = true } = question;
  const { confirm } = await openPrompts(session, question);
  return answered<boolean>(
    await confirm({ ...streamsOf(session), message, initialValue: initial }),
  );
}

async function openPrompts(session: Session, { message, option }: Question) {
  if (!canAsk(session)) {
    const plain = (message.split("\n")[0] ?? "").replace(/[?:.]$/, "");
    fail(2, `There is no terminal to ask at: "${plain}".`, `Give the answer with ${option}.`);
  }
  return import("@clack/prompts");
}

function answered<T extends string | boolean>(answer: T | symbol): T {
  if (typeof answer === "symbol") throw new Cancellation();
  return answer;
}

/** Questions go to standard error, so that the answer of the command can go to a file. */
function streamsOf({ outside, noteScreen }: Session) {
  const { stdin, stderr } = outside;
  const hasColours = noteScreen.paint.strong("") !== "";
  return {
    input: stdin,
    output:
      hasColours && stderr.columns ? stderr : standInFor(stderr, noteScreen.width, hasColours),
  };
}

/** The library paints in any case on older versions of Node, and takes a width of 0 as it is. */
function standInFor(terminal: OutputStream, columns: number, hasColours: boolean): OutputStream {
  const plain = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      terminal.write(hasColours ? chunk : String(chunk).replace(COLOUR, ""));
      done();
    },
  });
  return Object.assign(plain, { isTTY: true, columns, rows: terminal.rows });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the control characters that go.
const COLOUR = /\u001b\[[0-9;]*m/g;
