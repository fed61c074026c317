import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readUserFile } from "../../src/configuration/configuration-file.js";
import {
  addRegistry,
  removeRegistry,
  setUserValue,
} from "../../src/configuration/edit-configuration.js";
import { temporaryFolder } from "../folder.js";

const isWindows = process.platform === "win32";

/** A configuration with this text; `null` where there is none. */
function fileWith(text: string | null): string {
  const file = join(temporaryFolder(), "config.yaml");
  if (text !== null) writeFileSync(file, text);
  return file;
}

type Edit = (file: string) => Promise<unknown>;

const username: Edit = (file) => setUserValue(file, "username", "Ana López");
const languages: Edit = (file) => setUserValue(file, "languages", ["spa", "eng"]);
const registry: Edit = (file) => addRegistry(file, { name: "z", url: "https://z.example/" });
const remove: Edit = (file) => removeRegistry(file, "a");

const MINE = `# mine

# who I am
user:
    username: "zoé"   # that is me
    # the dearest first
    languages: [eng,   fra]  # order


    email:   a@b.org

# where
registries:
# first
- {name: a, url: https://a.example/, priority: 1}   # flow
# second
- name: b
  url: https://b.example/
`;

const cases: readonly {
  readonly title: string;
  readonly before: string | null;
  readonly edit: Edit;
  readonly after: string;
}[] = [
  {
    title: "a file that is missing",
    before: null,
    edit: username,
    after: "user:\n  username: Ana López\n",
  },
  {
    title: "a file that is empty",
    before: "",
    edit: languages,
    after: "user:\n  languages: [spa, eng]\n",
  },
  {
    title: "a first registry",
    before: null,
    edit: registry,
    after: "registries:\n  - name: z\n    url: https://z.example/\n",
  },
  {
    title: "a comment alone",
    before: "# mine\n",
    edit: username,
    after: "# mine\n\nuser:\n  username: Ana López\n",
  },
  {
    title: "sections that are empty",
    before: "user:\nregistries:\n",
    edit: username,
    after: "user:\n  username: Ana López\nregistries:\n",
  },
  {
    title: "a value with its quotes and comment",
    before: MINE,
    edit: username,
    after: MINE.replace('"zoé"   # that', '"Ana López" # that'),
  },
  {
    title: "a list with its comment",
    before: MINE,
    edit: languages,
    after: MINE.replace("[eng,   fra]  # order", "[spa, eng] # order"),
  },
  {
    title: "a value that is new",
    before: MINE,
    edit: (file) => setUserValue(file, "public_key", "k"),
    after: MINE.replace("a@b.org\n", "a@b.org\n    public_key: k\n"),
  },
  {
    title: "one more registry",
    before: MINE,
    edit: registry,
    after: `${MINE}- name: z\n  url: https://z.example/\n`,
  },
  {
    title: "a registry less",
    before: MINE,
    edit: remove,
    after: MINE.replace("- {name: a, url: https://a.example/, priority: 1}   # flow\n", ""),
  },
  {
    title: "a registry less, with its comment",
    before: MINE,
    edit: (file) => removeRegistry(file, "b"),
    after: MINE.slice(0, MINE.indexOf("# second")),
  },
  {
    title: "the last registry",
    before: "user: {}\nregistries:\n  - name: a\n    url: https://a.example/\n",
    edit: remove,
    after: "user: {}\n",
  },
  {
    title: "a list in block style",
    before: "user:\n  languages:\n    - eng # first\n    - fra\n  email: a@b.org\n",
    edit: languages,
    after: "user:\n  languages:\n    - spa\n    - eng\n  email: a@b.org\n",
  },
  {
    title: "flow style",
    before: "user: {username: a}\nregistries: [{name: a, url: 'https://a.example/'}]\n",
    edit: registry,
    after:
      "user: {username: a}\nregistries: [{name: a, url: 'https://a.example/'}, {name: z, url: https://z.example/}]\n",
  },
  {
    title: "flow style with spaces",
    before: "user: { username: a, languages: [eng, fra] }\n",
    edit: username,
    after: "user: { username: Ana López, languages: [ eng, fra ] }\n",
  },
  {
    title: "the marks of a document",
    before: "%YAML 1.2\n---\nuser:\n  email: a@b.org\n...\n",
    edit: username,
    after: "%YAML 1.2\n---\nuser:\n  email: a@b.org\n  username: Ana López\n...\n",
  },
  {
    title: "line ends of Windows",
    before: "user:\r\n  # me\r\n  username:   a\r\n",
    edit: languages,
    after: "user:\r\n  # me\r\n  username:   a\r\n  languages: [spa, eng]\r\n",
  },
  {
    title: "no line end at the end",
    before: "user:\n  username: a",
    edit: languages,
    after: "user:\n  username: a\n  languages: [spa, eng]\n",
  },
  {
    title: "a key of several lines",
    before: null,
    edit: (file) => setUserValue(file, "public_key", "-----BEGIN-----\n\nabc\n-----END-----"),
    after: "user:\n  public_key: |-\n    -----BEGIN-----\n\n    abc\n    -----END-----\n",
  },
  {
    title: "what looks like something else",
    before: null,
    edit: (file) => setUserValue(file, "username", "yes: # 12"),
    after: 'user:\n  username: "yes: # 12"\n',
  },
  {
    title: "a number that is a name",
    before: null,
    edit: (file) => setUserValue(file, "username", "12"),
    after: 'user:\n  username: "12"\n',
  },
];

describe("a change of a configuration", () => {
  it.each(cases)("keeps all else: $title", async ({ before, edit, after }) => {
    const file = fileWith(before);
    await edit(file);
    expect(readFileSync(file, "utf8")).toBe(after);
    await readUserFile(file);
  });

  it.each(cases)(
    "changes nothing when it is made again: $title",
    async ({ before, edit, after }) => {
      const file = fileWith(before);
      await edit(file);
      await edit(file).catch(() => {});
      expect(readFileSync(file, "utf8")).toBe(after);
    },
  );

  it("is what was asked for, one after the other", async () => {
    const file = fileWith(MINE);
    await setUserValue(file, "username", "a'b\"c: d");
    await setUserValue(file, "email", "x@y.z");
    await addRegistry(file, { name: "c", url: "git@host.example:p", priority: 7, read_only: true });
    await addRegistry(file, { name: "d", url: "https://d.example/", token_env: "T" });
    expect(await removeRegistry(file, "b")).toBe(true);
    expect(await removeRegistry(file, "b")).toBe(false);
    expect(await readUserFile(file)).toEqual({
      user: { username: "a'b\"c: d", languages: ["eng", "fra"], email: "x@y.z" },
      registries: [
        { name: "a", url: "https://a.example/", priority: 1 },
        { name: "c", url: "git@host.example:p", priority: 7, read_only: true },
        { name: "d", url: "https://d.example/", priority: 100, token_env: "T" },
      ],
    });
  });
});

describe("the file", () => {
  it.skipIf(isWindows)("is the user's alone where it is new, and so is its folder", async () => {
    const file = join(temporaryFolder(), "a/b/config.yaml");
    await username(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
  });

  it.skipIf(isWindows).each([0o644, 0o664, 0o600])("keeps its permissions: %o", async (mode) => {
    const file = fileWith(MINE);
    chmodSync(file, mode);
    await username(file);
    expect(statSync(file).mode & 0o777).toBe(mode);
  });

  it.skipIf(isWindows)("stays a link, and what it leads to is changed", async () => {
    const target = fileWith("user: {}\n");
    const file = join(temporaryFolder(), "config.yaml");
    symlinkSync(target, file);
    await username(file);
    expect(readlinkSync(file)).toBe(target);
    expect((await readUserFile(target))?.user?.username).toBe("Ana López");
  });

  it("has nothing beside it afterwards", async () => {
    const file = fileWith(MINE);
    await username(file);
    expect(readdirSync(join(file, ".."))).toEqual(["config.yaml"]);
  });
});

describe("what is refused changes nothing", () => {
  const values: readonly (readonly [string, Edit, string])[] = [
    [
      "an address",
      (file) => setUserValue(file, "email", "x"),
      "email is no address. Write it as name@host.",
    ],
    [
      "a language",
      (file) => setUserValue(file, "languages", ["eng", "fr"]),
      "languages[1] is no name of a language.",
    ],
    [
      "a name of nothing",
      (file) => setUserValue(file, "username", ""),
      "username has to be 1 to 200 characters, without < and >.",
    ],
    ["a URL", (file) => addRegistry(file, { name: "x", url: "/srv" }), "url is a path."],
    [
      "a password",
      (file) => addRegistry(file, { name: "x", url: "https://u:secret@h.example/" }),
      "url has a name or a password in it.",
    ],
    [
      "a name",
      (file) => addRegistry(file, { name: "a b", url: "https://h.example/" }),
      "name has to be 1 to 64 letters",
    ],
    [
      "a name that is taken",
      (file) => addRegistry(file, { name: "a", url: "https://h.example/" }),
      "has a registry a already. Remove it first, or take another name.",
    ],
  ];
  it.each(values)("%s", async (_, edit, said) => {
    const file = fileWith(MINE);
    const refusal = await edit(file).then(String, (error: Error) => error.message);
    expect(refusal).toContain(said);
    expect(refusal).not.toContain("secret");
    expect(readFileSync(file, "utf8")).toBe(MINE);
    const none = fileWith(null);
    if (!said.includes("already")) {
      await expect(edit(none)).rejects.toThrow();
      expect(existsSync(none)).toBe(false);
    }
  });

  it.each([
    ["user: [\n", /line 2: it is not YAML/],
    ["user: { nick: a }\n", /line 1: user.nick is not known/],
    ["user: &x {}\n", /line 1: it has an anchor/],
  ])("a file that is broken: %j", async (text, said) => {
    for (const edit of [username, registry, remove]) {
      const file = fileWith(text);
      await expect(edit(file)).rejects.toThrow(said);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });

  it.skipIf(isWindows)("a place that cannot be written", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(username(join(folder, "file/config.yaml"))).rejects.toThrow(
      /cannot be (read|written): /,
    );
    symlinkSync(join(folder, "nothing"), join(folder, "link.yaml"));
    await expect(username(join(folder, "link.yaml"))).rejects.toThrow(
      /link.yaml cannot be written: it is a link to nothing. See that it can be.$/,
    );
    expect(lstatSync(join(folder, "link.yaml")).isSymbolicLink()).toBe(true);
    mkdirSync(join(folder, "config.yaml"));
    await expect(username(join(folder, "config.yaml"))).rejects.toThrow(/is a folder or a device/);
  });
});
