/** How the runner of GitHub Actions reads a line of output: as a command, or as text. */

export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Gives the command that a line is. Every name counts: the runner knows some, and others may come. */
export function readCommand(line: string): RunnerCommand | null {
  return readNewForm(line) ?? readOldForm(line);
}

/** `::name key=value,key=value::data`, at the start of the line, spaces aside. */
function readNewForm(line: string): RunnerCommand | null {
  const text = line.trimStart();
  const end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
  if (end === -1) return null;
  const [name = "", list = ""] = splitOnce(text.slice(2, end), " ");
  return {
    name,
    properties: pairs(list, ",", unescapeProperty),
    data: unescapeData(text.slice(end + 2)),
  };
}

/** `##[name key=value;]data`, anywhere in the line; `##vso[` is that of Azure. */
function readOldForm(line: string): RunnerCommand | null {
  const start = /##(?:vso)?\[/i.exec(line);
  const end = start === null ? -1 : line.indexOf("]", start.index);
  if (start === null || end === -1) return null;
  const [name = "", list = ""] = splitOnce(line.slice(start.index + start[0].length, end), " ");
  return { name, properties: pairs(list, ";", unescapeProperty), data: line.slice(end + 1) };
}

function pairs(list: string, separator: string, unescapeValue: (text: string) => string) {
  const entries = list.split(separator).map((pair) => splitOnce(pair, "="));
  return Object.fromEntries(entries.map(([key = "", value = ""]) => [key, unescapeValue(value)]));
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function unescapeData(text: string): string {
  return text.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%25/g, "%");
}

function unescapeProperty(text: string): string {
  const part = text.replace(/%0D/g, "\r").replace(/%0A/g, "\n");
  return part.replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%25/g, "%");
}
