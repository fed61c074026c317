/** What GitHub's runner takes for commands in a log (actions/runner, ActionCommand.cs). */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Those that it knows (ActionCommandManager.cs and its extensions). */
const KNOWN = new Set(
  "internal-set-repo-path set-env set-output save-state add-mask add-path add-matcher remove-matcher warning error notice debug group endgroup echo stop-commands".split(
    " ",
  ),
);

/** Splits a log into the commands and the other lines. */
export function readCommands(log: string): { readonly text: string; readonly commands: Command[] } {
  const commands: Command[] = [];
  const lines = log.split(/\r\n|[\n\r]/).filter((line) => {
    const command = readNew(line) ?? readOld(line);
    if (command !== null) commands.push(command);
    return command === null;
  });
  return { text: lines.join("\n"), commands };
}

/** .NET's TrimStart takes U+0085 for a space, and its comparisons skip what has no width. */
function readNew(line: string): Command | null {
  const visible = line.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\0]/gu, "");
  const [, head, data] = /^[\s\u0085]*::(.*?)::(.*)$/su.exec(visible) ?? [];
  if (head === undefined || data === undefined) return null;
  const [, name = "", rest = ""] = /^(\S*)(?: (.*))?$/su.exec(head) ?? [];
  if (!KNOWN.has(name.toLowerCase())) return null;
  const pairs = rest
    .split(",")
    .filter((pair) => pair.includes("="))
    .map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), unescapeProperty(pair.slice(at + 1))];
    });
  return { name, properties: Object.fromEntries(pairs), data: unescapeData(data) };
}

/** The old form stands anywhere in a line. */
function readOld(line: string): Command | null {
  const visible = line.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\0]/gu, "");
  const [, name, data] = /##\[([^ \]]*)[^\]]*\](.*)/su.exec(visible) ?? [];
  if (name === undefined || data === undefined) return null;
  return KNOWN.has(name.toLowerCase()) ? { name, properties: {}, data } : null;
}

function unescapeData(text: string): string {
  return text.replace(/%0D/gi, "\r").replace(/%0A/gi, "\n").replace(/%25/g, "%");
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replace(/%3A/gi, ":").replace(/%2C/gi, ","));
}
