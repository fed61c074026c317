import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/configuration.js";
import { ConfigurationError } from "../../src/configuration/configuration-fault.js";
import { git, hasGit, makePipe, temporaryFolder, writeFiles } from "../folder.js";

type Files = Readonly<Record<string, string | Uint8Array>>;

const USER = "home/.ouverture/config.yaml";
const REPOSITORY = "repository/.ouverture/config.yaml";
const PYPROJECT = "repository/pyproject.toml";

/** A home and a repository, with these files in them. */
function place(files: Files): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "home"));
  mkdirSync(join(folder, "repository/.ouverture"), { recursive: true });
  writeFiles(folder, files);
  return folder;
}

function load(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  registries: readonly string[] = [],
) {
  return loadConfiguration({
    directory: join(folder, "repository"),
    environment: { HOME: join(folder, "home"), USERPROFILE: join(folder, "home"), ...variables },
    registries,
  });
}

/** The sentence that is said, with the place shortened. */
async function refusal(folder: string, variables: Readonly<Record<string, string>> = {}) {
  const error: unknown = await load(folder, variables).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  const { message } = error as ConfigurationError;
  return message.replaceAll(`${folder}/`, "").replaceAll("\\\\", "/");
}

describe("a configuration", () => {
  it("is empty where nothing says anything", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "home"));
    mkdirSync(join(folder, "repository"));
    expect(await load(folder)).toEqual({
      user: { username: null, email: null, public_key: null, languages: [] },
      registries: [],
      verify: {
        failOn: "error",
        allowEmpty: false,
        exclude: [],
        effects: {},
        exemptions: [],
        limits: {},
      },
      userPool: join(folder, "home/.local/ouverture"),
      repositoryPool: null,
      root: join(folder, "repository"),
      cache: join(folder, "home/.cache/ouverture"),
      userConfiguration: join(folder, USER),
      sources: [],
      notices: [],
    });
  });

  it("goes from the user over the repository and the environment to the command line", async () => {
    const folder = place({
      [USER]: [
        "user: { username: ana, email: ana@example.org, public_key: k, languages: [spa, eng] }",
        "registries:",
        "  - { name: company, url: 'https://a.example/', priority: 2, token_env: T }",
        "  - { name: last, url: 'file:///opt/pool' }",
        "  - { name: mine, url: 'git@host.example:me/pool', priority: 0, read_only: true }",
      ].join("\n"),
      [REPOSITORY]: [
        "user: { languages: [fra, fra, eng] }",
        "registries: [{ name: team, url: 'git+https://b.example/x', priority: 1 }]",
      ].join("\n"),
    });
    const variables = {
      OUVERTURE_EMAIL: "a@b.example",
      OUVERTURE_REGISTRIES: " extra=https://c.example/?no  ".replace("?no", ""),
      OUVERTURE_USERNAME: "",
    };
    const loaded = await load(folder, variables, ["last=https://d.example/x=1/"]);
    expect(loaded.user).toEqual({
      username: "ana",
      email: "a@b.example",
      public_key: "k",
      languages: ["fra", "eng"],
    });
    expect(loaded.registries).toEqual([
      {
        name: "mine",
        url: "git@host.example:me/pool",
        priority: 0,
        read_only: true,
        from: "user",
      },
      { name: "team", url: "git+https://b.example/x", priority: 1, from: "repository" },
      { name: "company", url: "https://a.example/", priority: 2, token_env: "T", from: "user" },
      { name: "last", url: "https://d.example/x=1/", priority: 100, from: "command-line" },
      { name: "extra", url: "https://c.example/", priority: 100, from: "environment" },
    ]);
    expect(loaded.sources).toEqual([
      { kind: "user", path: join(folder, USER) },
      { kind: "repository", path: join(folder, REPOSITORY) },
      { kind: "environment", path: "OUVERTURE_EMAIL" },
      { kind: "environment", path: "OUVERTURE_REGISTRIES" },
    ]);
    expect(loaded.notices).toEqual([]);
    expect(loaded.repositoryPool).toBe(join(folder, "repository/.ouverture"));
  });

  it.each([
    ["commas", "eng,fra"],
    ["spaces", " eng  fra "],
    ["both", "eng, fra,"],
  ])("takes languages from the environment, with %s", async (_, text) => {
    const { user } = await load(place({}), { OUVERTURE_LANGUAGES: text });
    expect(user.languages).toEqual(["eng", "fra"]);
  });

  it("is read from [tool.ouverture] of a pyproject.toml", async () => {
    const folder = place({
      [PYPROJECT]: [
        "[project]",
        'name = "x"',
        "[tool.ouverture.user]",
        'languages = ["fra"]',
        "[[tool.ouverture.registries]]",
        'name = "team"',
        'url = "https://b.example/"',
      ].join("\r\n"),
    });
    const loaded = await load(folder);
    expect(loaded.user.languages).toEqual(["fra"]);
    expect(loaded.registries.map(({ name }) => name)).toEqual(["team"]);
    expect(loaded.sources).toEqual([{ kind: "repository", path: join(folder, PYPROJECT) }]);
  });

  it.each<[string, Files]>([
    ["without a table of ours", { [PYPROJECT]: "[tool.black]\nline-length = 3\n# ouverture" }],
    ["that is broken, and does not name us", { [PYPROJECT]: "[[[" }],
  ])("is nothing in a pyproject.toml %s", async (_, files) => {
    expect((await load(place(files))).sources).toEqual([]);
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["a comment", "# mine\n"],
    ["a start of a document", "---\n"],
    ["sections that are empty", "user:\nregistries:\n"],
    ["braces", "{}"],
    ["a mark of the order of bytes", "\ufeffuser: {}\n"],
  ])("may be %s", async (_, text) => {
    expect((await load(place({ [USER]: text, [REPOSITORY]: text }))).user.languages).toEqual([]);
  });

  it("may have line ends of Windows, and a mark of the order of bytes", async () => {
    const text = "\ufeffuser:\r\n  username: zoé 李\r\n  languages:\r\n    - eng\r\n";
    const { user } = await load(place({ [USER]: text }));
    expect(user).toMatchObject({ username: "zoé 李", languages: ["eng"] });
  });
});

describe("what was read", () => {
  const kept = "home/.cache/ouverture/configuration-user.json";
  const read = async (folder: string) => (await load(folder)).user.username;

  it("is remembered while the text is the same, and no longer", async () => {
    const folder = place({ [USER]: "user: { username: ana }" });
    expect(await read(folder)).toBe("ana");
    const memory = readFileSync(join(folder, kept), "utf8");
    writeFiles(folder, { [kept]: memory.replace('"username":"ana"', '"username":"remembered"') });
    expect(await read(folder)).toBe("remembered");
    writeFiles(folder, { [USER]: "user: { username: eva }" });
    expect(await read(folder)).toBe("eva");
  });

  it.each(["", "{", "null", "[]", '{"form":0}'])(
    "is read anew where the memory is %j",
    async (text) => {
      const folder = place({ [USER]: "user: { username: ana }", [kept]: text });
      expect(await read(folder)).toBe("ana");
      expect(await read(folder)).toBe("ana");
    },
  );

  it("is read where nothing can be remembered", async () => {
    const folder = place({ [USER]: "user: { username: ana }", "home/.cache": "" });
    expect(await read(folder)).toBe("ana");
  });

  it("is not remembered where it is refused", async () => {
    const folder = place({ [USER]: "user: { nick: ana }" });
    await refusal(folder);
    expect(await refusal(folder)).toMatch(/nick is not known/);
  });
});

describe("the user's file", () => {
  it.skipIf(process.platform === "win32")("may be a link, as dotfiles are", async () => {
    const folder = place({ "dotfiles/o.yaml": "user: { username: ana }" });
    mkdirSync(join(folder, "home/.ouverture"));
    symlinkSync(join(folder, "dotfiles/o.yaml"), join(folder, USER));
    expect((await load(folder)).user.username).toBe("ana");
  });

  it("makes no repository of the home", async () => {
    const folder = place({ [USER]: "user: { username: ana }", "home/project/x": "" });
    const environment = { HOME: join(folder, "home"), USERPROFILE: join(folder, "home") };
    for (const directory of [join(folder, "home"), join(folder, "home/project")]) {
      const loaded = await loadConfiguration({ directory, environment });
      expect(loaded).toMatchObject({ root: directory, repositoryPool: null });
      expect(loaded.sources.map(({ kind }) => kind)).toEqual(["user"]);
    }
  });

  it.skipIf(!hasGit)("makes no pool of a home that is a repository of git", async () => {
    const folder = place({ [USER]: "user: { username: ana }", "home/project/x": "" });
    const home = join(folder, "home");
    git(home, "init", "-q");
    const environment = { HOME: home, USERPROFILE: home };
    const loaded = await loadConfiguration({ directory: join(home, "project"), environment });
    expect(loaded).toMatchObject({ root: home, repositoryPool: null });
  });

  it("is told of where there are two", async () => {
    const other = "home/.config/ouverture/config.yaml";
    const folder = place({ [USER]: "user: { username: a }", [other]: "user: { username: b }" });
    const { user, notices } = await load(folder);
    expect(user.username).toBe("a");
    expect(notices).toEqual([
      `${join(folder, other)} is not read, because there is ${join(folder, USER)}. Make one file of them.`,
    ]);
  });
});

describe("a repository", () => {
  it("does not say who the user is", async () => {
    const folder = place({
      [USER]: "user: { username: ana }",
      [REPOSITORY]: "user: { username: eve, email: e@v.e, languages: [fra] }",
    });
    const { user, notices } = await load(folder);
    expect(user).toMatchObject({ username: "ana", email: null, languages: ["fra"] });
    expect(notices).toEqual([
      `${join(folder, REPOSITORY)}: user.username, user.email has no effect, because a repository does not say who you are. Take it out there.`,
    ]);
  });

  it("is configured in one file", async () => {
    const table = '[tool.ouverture.user]\nlanguages = ["eng"]';
    const folder = place({ [REPOSITORY]: "user: {}", [PYPROJECT]: table });
    expect(await refusal(folder)).toBe(
      `${REPOSITORY} and [tool.ouverture] in ${PYPROJECT} both configure this repository. Keep one of them.`,
    );
  });

  it("has a pool that is a folder", async () => {
    const folder = place({});
    rmSync(join(folder, "repository/.ouverture"), { recursive: true });
    writeFiles(folder, { "repository/.ouverture": "" });
    expect(await refusal(folder)).toBe(
      "repository/.ouverture is no folder, and a pool is one. Move it away.",
    );
  });

  const theirs = "registries: [{ name: team, url: 'https://pool.example/x/', token_env: SECRET }]";
  const mine = (url: string, token = "SECRET") =>
    `registries: [{ name: mine, url: '${url}', token_env: ${token} }]`;

  it.each<[string, Files, Readonly<Record<string, string>>, boolean]>([
    ["nobody trusts the host", {}, {}, false],
    ["the user sends it there", { [USER]: mine("https://pool.example/other/") }, {}, true],
    ["the user sends another there", { [USER]: mine("https://pool.example/", "OTHER") }, {}, false],
    ["the user sends it elsewhere", { [USER]: mine("https://example/") }, {}, false],
    ["the port is another", { [USER]: mine("https://pool.example:8443/") }, {}, false],
    ["the host is named", {}, { OUVERTURE_TOKEN_HOSTS: "a.example, Pool.example" }, true],
    ["another host is named", {}, { OUVERTURE_TOKEN_HOSTS: "example,xpool.example" }, false],
  ])("has its token sent or not: %s", async (_, files, variables, isSent) => {
    const { registries, notices } = await load(
      place({ [REPOSITORY]: theirs, ...files }),
      variables,
    );
    const team = registries.find(({ name }) => name === "team");
    expect(team?.token_env).toBe(isSent ? "SECRET" : undefined);
    expect(notices).toEqual(
      isSent
        ? []
        : [
            "The repository asks to send $SECRET to its registry team, and it is not sent. If you trust the host, name it in OUVERTURE_TOKEN_HOSTS.",
          ],
    );
  });

  it("does not get the token of a registry whose name it takes", async () => {
    const folder = place({
      [USER]: "registries: [{ name: a, url: 'https://good.example/', token_env: SECRET }]",
      [REPOSITORY]: "registries: [{ name: a, url: 'https://evil.example/' }]",
    });
    const { registries, notices } = await load(folder);
    expect(registries).toEqual([
      { name: "a", url: "https://evil.example/", priority: 100, from: "repository" },
    ]);
    expect(notices).toEqual([
      "The repository's registry a (https://evil.example/) takes the place of yours of that name. Rename yours to have both.",
    ]);
  });
});

const LONG = "x".repeat(5000);

describe("what is refused", () => {
  const yaml: readonly (readonly [text: string, said: string | RegExp])[] = [
    [
      "user:\n  usrname: a\n",
      "line 2: user.usrname is not known. Did you mean username? The keys here are username, email, public_key, languages.",
    ],
    [
      "user:\n  public-key: a\n",
      /^line 2: user.public-key is not known. Did you mean public_key\?/,
    ],
    [
      "registry: []\n",
      "line 1: registry is not known. Did you mean registries? The keys here are user, registries, verify.",
    ],
    ["policy: {}\n", "line 1: policy is not known. The keys here are user, registries, verify."],
    ["\n\nuser: 3\n", "line 3: user has to be a section of keys and values."],
    ["- user\n", "line 1: it has to be a section of keys and values."],
    ["user\n", "line 1: it has to be a section of keys and values."],
    ["user: []\n", "line 1: user has to be a section of keys and values."],
    ["user: { username: 12 }\n", "line 1: user.username has to be text. Write it in quotes."],
    ["user: { username: }\n", /user.username has to be text/],
    ["user: { username: yes: no }\n", /is not YAML that can be read/],
    ["user:\n  username: true\n", /^line 2: user.username has to be text/],
    [
      "user: { username: '' }\n",
      "line 1: user.username has to be 1 to 200 characters, without < and >.",
    ],
    ["user: { username: 'a <b>' }\n", /user.username has to be 1 to 200/],
    ['user: { username: "a\\nb" }\n', /user.username has to be 1 to 200/],
    ["user: { email: ana }\n", "line 1: user.email is no address. Write it as name@host."],
    ["user:\n  languages: eng\n", "line 2: user.languages has to be a list, as in [eng, fra]."],
    [
      "user:\n  languages:\n    - eng\n    - fr\n",
      /^line 4: user.languages\[1\] is no name of a language\./,
    ],
    ["user: { languages: [../../etc] }\n", /user.languages\[0\] is no name of a language/],
    ["user: { languages: [sha256] }\n", /user.languages\[0\] is no name of a language/],
    ["registries:\n  - url: https://a.example/\n", "line 2: registries[0].name is missing."],
    ["registries:\n  - name: a\n", "line 2: registries[0].url is missing."],
    [
      "registries:\n  - name: a\n    uri: https://a.example/\n",
      /^line 3: registries\[0\].uri is not known. Did you mean url\?/,
    ],
    [
      "registries:\n  - { name: a/b, url: 'https://a.example/' }\n",
      /registries\[0\].name has to be 1 to 64 letters/,
    ],
    [
      "registries: { name: a }\n",
      "line 1: registries has to be a list, as in - { name: ..., url: ... }.",
    ],
    [
      "registries:\n  - name: a\n    url: https://a.example/\n  - name: a\n    url: https://b.example/\n",
      "line 4: registries[1].name is the name of an earlier registry as well. Give each its own.",
    ],
    [
      "registries:\n  - name: a\n    url: https://a.example/\n    priority: first\n",
      "line 4: registries[0].priority has to be a whole number from 0 to 1000000.",
    ],
    [
      "registries: [{ name: a, url: 'https://a.example/', priority: 1.5 }]\n",
      /priority has to be a whole number/,
    ],
    [
      "registries: [{ name: a, url: 'https://a.example/', priority: -1 }]\n",
      /priority has to be a whole number/,
    ],
    [
      "registries: [{ name: a, url: 'https://a.example/', priority: .nan }]\n",
      /priority has to be a whole number/,
    ],
    [
      "registries: [{ name: a, url: 'https://a.example/', read_only: 1 }]\n",
      /read_only has to be true or false/,
    ],
    [
      "registries: [{ name: a, url: 'https://a.example/', token_env: 'ghp_x-y' }]\n",
      /token_env has to be the name of an environment variable/,
    ],
    [
      "registries: [{ name: a, url: 'file:///a', token_env: X }]\n",
      /token_env is for registries on https/,
    ],
    ["a: &x [1]\nb: *x\n", /^line 1: it has an anchor/],
    ["user: *x\n", /^line 1: it is not YAML|reference/],
    ["user: !!str x\n", /^line 1: it has a tag/],
    ["user: !x y\n", /^line 1: it is not YAML|tag/],
    ["user: { username: !!js/function 'x' }\n", /is not YAML|tag/],
    [
      "user: { username: a }\nuser: { username: b }\n",
      "line 2: it stands twice. Keep one of them.",
    ],
    ["user:\n  username: a\n  email: a@b.c\n  username: b\n", /^line 4: it stands twice/],
    ["1: a\n", "line 1: it has a key that is no text. Write it in quotes."],
    ["? [a]\n: b\n", /has a key that is no text/],
    ["user: {\n", /^line 2: it is not YAML that can be read: /],
    ["user: {}\n---\nuser: {}\n", /^line [23]: it begins a second document. Keep one.$/],
    ["__proto__: { username: a }\n", /^line 1: __proto__ is not known/],
    ["user: { __proto__: a }\n", /^line 1: user.__proto__ is not known/],
    ["user: { constructor: a }\n", /^line 1: user.constructor is not known/],
    [
      "registries: [{ name: a, url: 'https://a.example/', toString: x }]\n",
      /toString is not known/,
    ],
    ["[".repeat(100_000), /nested too deeply/],
    ["{".repeat(100_000), /nested too deeply/],
    ["a: ".repeat(100_000), /nested too deeply/],
    [
      Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
      /nested too deeply/,
    ],
    ["]".repeat(200_000), /is too much for a configuration/],
    ["a,".repeat(100_000), /is not known|has to be a section|too much/],
    [`user: { ${LONG}: 1 }\n`, /^line 1: user\.x{60}… is not known. The keys/],
    [
      "user: { 'a\\u202eb': 1 }\n".replace("'a\\u202eb'", '"a\\u202eb"'),
      /user\.a\\u202eb is not known/,
    ],
  ];

  it.each(yaml)("is told with file, line and key: %j", async (text, said) => {
    for (const file of [USER, REPOSITORY]) {
      const message = await refusal(place({ [file]: text }));
      expect(message.startsWith(`${file}, `)).toBe(true);
      const rest = message.slice(file.length + 2);
      if (typeof said === "string") expect(rest).toBe(said);
      else expect(rest).toMatch(said);
      expect(rest).toMatch(/^line \d+: .*\.$/);
    }
  });

  const toml: readonly (readonly [text: string, said: string | RegExp])[] = [
    [
      "[tool.ouverture]\nusr = 1",
      "line 2: usr is not known. Did you mean user? The keys here are user, registries, verify.",
    ],
    [
      '[tool.x]\nuser = 1\n\n[tool.ouverture.user]\nlanguages = "eng"',
      /^line 5: user.languages has to be a list/,
    ],
    ["[tool.ouverture]\nuser = { email = 3 }", /^line 2: user.email has to be text/],
    [
      '[[tool.ouverture.registries]]\nname = "a"\nurl = "https://a.example/"\n[[tool.ouverture.registries]]\nname = "b"\nurl = "/srv"',
      /^line 6: registries\[1\].url is a path/,
    ],
    ["[tool.ouverture]\nuser.since = 2020-01-01", /user.since is not known/],
    ["[tool.ouverture.user]\nusername = 2020-01-01", /user.username has to be text/],
    ["[tool.ouverture]\n__proto__ = { user = 1 }", /__proto__ is not known/],
    ["[tool.ouverture]\nuser = 2020-01-01", /user has to be a section/],
    ["[tool.ouverture]\nuser = []", /user has to be a section/],
    ["[tool]\nouverture = 1", /it has to be a section/],
    ["[tool.ouverture\n", /^line 1: it is not TOML that can be read: /],
    ["[tool.ouverture]\na = 1\na = 2", /^line 3: it is not TOML that can be read: /],
    [`[tool.ouverture]\na = ${"[".repeat(100_000)}`, /it is not TOML that can be read: /],
    [`${"[ouverture".repeat(50_000)}`, /it is not TOML that can be read: /],
  ];

  it.each(toml)("is told of a pyproject.toml: %j", async (text, said) => {
    const message = await refusal(place({ [PYPROJECT]: text }));
    expect(message.startsWith(`${PYPROJECT}, `)).toBe(true);
    const rest = message.slice(PYPROJECT.length + 2);
    if (typeof said === "string") expect(rest).toBe(said);
    else expect(rest).toMatch(said);
    expect(rest).toMatch(/^line \d+: .*\.$/);
  });

  it.each([
    [{ OUVERTURE_EMAIL: "x" }, "OUVERTURE_EMAIL: user.email is no address. Write it as name@host."],
    [{ OUVERTURE_LANGUAGES: "eng,fr" }, /^OUVERTURE_LANGUAGES: user.languages\[1\] is no name/],
    [
      { OUVERTURE_REGISTRIES: "https://u:secret@a.example/" },
      "OUVERTURE_REGISTRIES: registries[0] has to be written as name=url. Give it a name.",
    ],
    [
      { OUVERTURE_REGISTRIES: "a=https://u:secret@a.example/" },
      /^OUVERTURE_REGISTRIES: registries\[0\].url has a name or a password in it/,
    ],
    [
      { OUVERTURE_REGISTRIES: "a=/srv b=/srv" },
      /^OUVERTURE_REGISTRIES: registries\[0\].url is a path/,
    ],
  ])("is told of the environment: %j", async (variables, said) => {
    const message = await refusal(place({}), variables as Readonly<Record<string, string>>);
    expect(message).not.toContain("secret");
    if (typeof said === "string") expect(message).toBe(said);
    else expect(message).toMatch(said);
  });

  it("is told of the command line", async () => {
    await expect(load(place({}), {}, ["x"])).rejects.toThrow(/^the command line: registries\[0\]/);
    await expect(load(place({}), {}, ["a=ftp://x/"])).rejects.toThrow(
      /^the command line: registries\[0\].url is of no kind/,
    );
  });

  const odd: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ["a folder", (path) => mkdirSync(path, { recursive: true }), /is a folder or a device/],
    [
      "a file of 2 MiB",
      (path) => writeFiles(path, { "../config.yaml": "#".repeat(2 << 20) }),
      /is larger than 1048576 bytes/,
    ],
    [
      "bytes that are no UTF-8",
      (path) => writeFiles(path, { "../config.yaml": Buffer.from([0x61, 0xff]) }),
      /is not UTF-8/,
    ],
    [
      "UTF-16",
      (path) => writeFiles(path, { "../config.yaml": Buffer.from("\ufeffuser:", "utf16le") }),
      /is not UTF-8/,
    ],
  ];
  it.each(odd)("is %s in the place of a file", async (_, make, said) => {
    for (const file of [USER, REPOSITORY]) {
      const folder = place({});
      mkdirSync(join(folder, file, ".."), { recursive: true });
      make(join(folder, file));
      const message = await refusal(folder);
      expect(message).toMatch(said);
      expect(message.startsWith(`${file} `)).toBe(true);
    }
  });

  it.skipIf(process.platform === "win32")("is a pipe, without waiting for it", async () => {
    for (const file of [USER, REPOSITORY, PYPROJECT]) {
      const folder = place({});
      mkdirSync(join(folder, file, ".."), { recursive: true });
      makePipe(join(folder, file));
      expect(await refusal(folder)).toMatch(/is a folder or a device/);
    }
  });

  it.skipIf(process.platform === "win32")(
    "is a link that leads out of the repository",
    async () => {
      for (const file of [REPOSITORY, PYPROJECT]) {
        const folder = place({ "secret.yaml": "user: { languages: [eng] }" });
        symlinkSync(join(folder, "secret.yaml"), join(folder, file));
        expect(await refusal(folder)).toBe(
          `${file} is a link that leads out of the repository. Put a file in its place.`,
        );
      }
    },
  );
});
