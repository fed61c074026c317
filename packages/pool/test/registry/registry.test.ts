import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { deferSource } from "../../src/registry/defer-source.js";
import { isStore, openRegistry, type RegistryContext } from "../../src/registry/registry.js";
import { parseRegistryUrl } from "../../src/registry/registry-url.js";
import type { FunctionSource } from "../../src/store.js";
import { git, hasGit, temporaryFolder } from "../folder.js";
import { answer, serveFolder, startServer } from "../http/faulty-server.js";
import { addAll, collect, expectStored, writable } from "../store-suite-checks.js";
import { mean } from "../store-suite-records.js";

const isWindows = process.platform === "win32";

describe("the URL of a registry", () => {
  const good: readonly (readonly [string, object])[] = [
    [
      "https://host.example/path/",
      { kind: "http", origin: "https://host.example", host: "host.example" },
    ],
    ["https://host.example:8443/path", { kind: "http", host: "host.example:8443" }],
    ["HTTPS://Host.Example/", { kind: "http", host: "host.example" }],
    ["https://host.example/~me/pool/", { kind: "http" }],
    ["http://localhost:8000/", { kind: "http", host: "localhost:8000" }],
    ["http://127.0.0.1/", { kind: "http" }],
    ["http://[::1]:80/x/", { kind: "http" }],
    ["git+https://host.example/me/pool.git//folder#main", { kind: "git", branch: "main" }],
    ["git+ssh://git@host.example/me/pool", { kind: "git" }],
    ["git+file:///srv/pool.git", { kind: "git" }],
    ["git@host.example:me/pool", { kind: "git" }],
  ];
  it.each(good)("is understood: %s", (url, parsed) => {
    expect(parseRegistryUrl(url)).toMatchObject(parsed);
  });

  it.skipIf(isWindows).each([
    ["file:///srv/pool", "/srv/pool"],
    ["file:///srv/my%20pool/", "/srv/my pool/"],
    ["file:///srv/é", "/srv/é"],
    ["file://localhost/srv", "/srv"],
    ["FILE:/srv", "/srv"],
  ])("is understood: %s", (url, path) => {
    expect(parseRegistryUrl(url)).toEqual({ kind: "directory", path });
  });

  const bad: readonly (readonly [string, RegExp])[] = [
    ["", /^is of no kind that is known here\. Use file:/],
    ["x", /^is of no kind/],
    ["ftp://host.example/", /^is of no kind/],
    ["javascript:alert(1)", /^is of no kind/],
    ["//host.example/share", /^is a path\. Write it in full after file:/],
    ["/srv/pool", /^is a path/],
    ["./pool", /^is a path/],
    ["~/pool", /^is a path/],
    ["C:\\pool", /^is a path/],
    ["C:/pool", /^is a path/],
    ["\\\\host\\share", /^is a path/],
    ["ssh://git@host.example/x", /^is of another kind/],
    ["git://host.example/x", /^is of another kind/],
    ["http://host.example/", /^is plain http, which is for this machine only\. Use https\.$/],
    ["http://127.0.0.1.example/", /^is plain http/],
    ["http://localhost.example/", /^is plain http/],
    ["https://user@host.example/", /^has a name or a password in it/],
    ["https://user:secret@host.example/", /^has a name or a password in it/],
    ["https://:secret@host.example/", /^has a name or a password in it/],
    ["https://host.example/?token=secret", /^has a part after \? or #/],
    ["https://host.example/#secret", /^has a part after \? or #/],
    ["https://", /^is no URL/],
    ["https://host.example/a b", /^has white space or a character that is not shown/],
    ["https://host.example/\u202ea", /^has white space or a character that is not shown/],
    ["https://host.example/\0", /^has white space or a character that is not shown/],
    ["file://host.example/share", /^names a host\. Write three slashes/],
    ["file:///a%00b", /./],
    ["file:///a%2Fb", /^is no path of this system/],
    ["git+ext://sh -c touch", /./],
    ["git+ext::sh", /./],
    ["git+https://u:secret@host.example/x", /./],
    ["git@host.example:--upload-pack=x", /./],
    ["-oProxyCommand=x@host.example:y", /./],
  ];
  it.each(bad)("is refused, and not quoted: %s", (url, said) => {
    const parsed = parseRegistryUrl(url);
    expect(parsed).toMatchObject({ kind: "refused", why: expect.stringMatching(said) });
    const { why } = parsed as { why: string };
    expect(why).not.toContain("secret");
    expect(why).toMatch(/^[a-z].*\.$/);
  });
});

function context(variables: Readonly<Record<string, string>> = {}): RegistryContext {
  const identity = { name: "a", email: "a@example.org" };
  return { environment: variables, cache: temporaryFolder(), identity };
}

async function open(
  settings: Parameters<typeof openRegistry>[0],
  where: RegistryContext = context(),
): Promise<FunctionSource> {
  const registry = await openRegistry(settings, where);
  onTestFinished(() => registry.close());
  return registry;
}

describe("a registry", () => {
  it("in a folder is one to publish to, as a site", async () => {
    const folder = temporaryFolder();
    const registry = await open({ name: "local", url: pathToFileURL(folder).href });
    expect(registry.name).toBe("local");
    await addAll(writable(registry), [mean]);
    const { url } = await startServer(serveFolder(folder));
    const served = await open({ name: "served", url });
    expect(isStore(served)).toBe(false);
    await expectStored(served, mean);
  });

  it.skipIf(!hasGit)("in git is one to publish to", async () => {
    const bare = temporaryFolder();
    git(bare, "init", "-q", "--bare", "-b", "main");
    const url = `git+${pathToFileURL(bare).href}`;
    const registry = await open({ name: "git", url });
    await addAll(writable(registry), [mean]);
    await expectStored(await open({ name: "git", url }), mean);
  });

  it.skipIf(!hasGit)("that is read_only is none to publish to", async () => {
    const folder = temporaryFolder();
    git(folder, "init", "-q", "--bare", "-b", "main");
    for (const url of [pathToFileURL(folder).href, `git+${pathToFileURL(folder).href}`]) {
      const registry = await open({ name: "theirs", url, read_only: true });
      expect(isStore(registry)).toBe(false);
      expect(await registry.get(mean.object.hash)).toBeUndefined();
    }
  });

  it("gets the token that its variable holds, and no other", async () => {
    const { url, requests } = await startServer(answer(404));
    const where = context({ POOL_TOKEN: "abc", OTHER: "secret" });
    const registry = await open({ name: "web", url, token_env: "POOL_TOKEN" }, where);
    await registry.get(mean.object.hash);
    const open2 = await open({ name: "web", url }, where);
    await open2.get(mean.object.hash);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer abc", undefined]);
  });

  it.each([{}, { POOL_TOKEN: "" }])("says which variable is not set: %j", async (variables) => {
    const settings = { name: "web", url: "https://host.example/", token_env: "POOL_TOKEN" };
    await expect(openRegistry(settings, context(variables))).rejects.toThrow(
      "The registry web takes its token from $POOL_TOKEN, which is not set. Set it, or take token_env out of its settings.",
    );
  });

  it("says what is wrong with its URL, without the URL", async () => {
    const settings = { name: "web", url: "https://u:secret@host.example/" };
    const refusal = await openRegistry(settings, context()).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^The URL of the registry web has a name or a password in it\. /);
    expect(refusal).not.toContain("secret");
  });

  it("on the web is not asked where nothing is to be fetched", async () => {
    const { url, requests } = await startServer(answer(404));
    const where = { ...context(), offline: true };
    await expect(openRegistry({ name: "web", url }, where)).rejects.toThrow(/^The registry web/);
    expect(requests).toEqual([]);
  });
});

describe("a registry that is deferred", () => {
  const deferred = (url: string) =>
    deferSource("web", () => openRegistry({ name: "web", url }, context()));

  it("is opened when it is first asked, and once", async () => {
    const folder = temporaryFolder();
    await addAll(writable(await open({ name: "x", url: pathToFileURL(folder).href })), [mean]);
    const { url } = await startServer(serveFolder(folder));
    let times = 0;
    const registry = deferSource("web", () => {
      times += 1;
      return openRegistry({ name: "web", url }, context());
    });
    expect(registry.name).toBe("web");
    expect(times).toBe(0);
    await expectStored(registry, mean);
    expect(await registry.complete(mean.object.hash.slice(0, 6))).toEqual([mean.object.hash]);
    expect(await collect(registry.list() ?? none())).toEqual([mean.object.hash]);
    expect(times).toBe(1);
    await registry.close();
    await registry.close();
  });

  it("says what is wrong with its settings when it is asked, and closes all the same", async () => {
    const registry = deferred("/srv");
    await expect(registry.get(mean.object.hash)).rejects.toThrow(/^The URL of the registry web/);
    await expect(collect(registry.list() ?? none())).rejects.toThrow(
      /^The URL of the registry web/,
    );
    await registry.close();
    await deferred("https://host.example/").close();
  });
});

async function* none(): AsyncGenerator<string> {}
