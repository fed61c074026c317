import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Outcome, ouverture, temporaryFolder } from "../command.js";

/** A person at a computer: a home and a working directory. */
function person(environment: Record<string, string> = {}) {
  const home = temporaryFolder();
  const directory = temporaryFolder();
  return {
    home,
    directory,
    whoami: (...args: string[]): Promise<Outcome> =>
      ouverture(directory, ["whoami", ...args], { environment: { HOME: home, ...environment } }),
  };
}

describe("ouverture whoami", () => {
  it.each([
    ["username", ["Ada Lovelace"], "Ada Lovelace"],
    ["username", ["艾达"], "艾达"],
    ["email", ["ada@example.com"], "ada@example.com"],
    ["public-key", ["ssh-ed25519 AAAA\nsecond line"], "ssh-ed25519 AAAA\nsecond line"],
    ["language", ["fra", "eng", "fra"], "fra eng"],
    ["language", ["fra-canadian", "domain-medical"], "fra-canadian domain-medical"],
  ])("sets %s to %j, and shows it", async (key, values, shown) => {
    const { whoami } = person();
    const set = await whoami(key, ...values);
    expect(set).toEqual({ status: 0, stderr: "", stdout: `${key} is now ${shown}\n` });
    expect(await whoami(key)).toEqual({ status: 0, stderr: "", stdout: `${shown}\n` });
  });

  it("says that nothing is set, with status 1", async () => {
    const { whoami } = person();
    for (const key of ["username", "email", "public-key", "language"]) {
      const { status, stdout, stderr } = await whoami(key);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(`No ${key} is set. 'ouverture whoami ${key} `);
    }
    expect((await whoami()).stdout.match(/not set/g)).toHaveLength(4);
  });

  it("answers in JSON", async () => {
    const { home, whoami } = person();
    await whoami("language", "jpn");
    const all = JSON.parse((await whoami("--json")).stdout);
    expect(all).toEqual({
      username: null,
      email: null,
      public_key: null,
      languages: ["jpn"],
      configuration: join(home, ".ouverture", "config.yaml"),
    });
    expect(JSON.parse((await whoami("language", "--json")).stdout)).toEqual({ languages: ["jpn"] });
    expect(JSON.parse((await whoami("email", "--json")).stdout)).toMatchObject({
      error: { status: 1, message: "No email is set." },
    });
  });

  it.each([
    [["language", "fr"], "Did you mean 'fra' (French)?"],
    [["language", "eng", "../x"], "'../x' is not how a language is named here."],
    [["email", "ada"], "email is no address."],
    [["username", "a", "b"], "There is one username, and these are 2."],
    [["username", ""], "username"],
    [["username", "a\nb"], "username has to be"],
  ])("refuses %j, and changes nothing", async (args, sentence) => {
    const { home, whoami } = person();
    await whoami("username", "ada");
    const file = join(home, ".ouverture", "config.yaml");
    const before = readFileSync(file, "utf8");
    const { status, stdout, stderr } = await whoami(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("keeps what people wrote around it", async () => {
    const { home, whoami } = person();
    const file = join(home, ".ouverture", "config.yaml");
    mkdirSync(join(home, ".ouverture"));
    writeFileSync(file, "# mine\nuser:\n  username: ada # me\nregistries: []\n");
    await whoami("username", "grace");
    expect(readFileSync(file, "utf8")).toBe(
      "# mine\nuser:\n  username: grace # me\nregistries: []\n",
    );
  });

  it("says where something else goes over what was set", async () => {
    const { directory, whoami } = person({ OUVERTURE_USERNAME: "ci" });
    const { status, stderr } = await whoami("username", "ada");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "Here it stays ci: the environment or the repository says so.\n",
    });
    mkdirSync(join(directory, ".ouverture"));
    writeFileSync(join(directory, ".ouverture", "config.yaml"), "user: { languages: [spa] }\n");
    expect((await whoami("language", "fra")).stderr).toContain("Here it stays spa:");
  });
});
