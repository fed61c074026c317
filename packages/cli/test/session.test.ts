import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { CommandFailure } from "../src/failure.js";
import type { Outside } from "../src/outside.js";
import { openSession, type Session } from "../src/session.js";
import { copyOfMarket, isolated, market, NOW, temporaryFolder } from "./command.js";

const OUTLIERS = "e9c4b997761b";

/** A session in a folder, which is closed at the end of the test. */
function sessionIn(directory: string, more: Partial<Outside> = {}, isJson = false) {
  const stderr = new PassThrough();
  const stdout = new PassThrough();
  const opened = openSession(
    {
      stdin: new PassThrough(),
      stdout,
      stderr,
      directory,
      environment: isolated(),
      now: () => NOW,
      interruption: () => new AbortController().signal,
      ...more,
    },
    isJson,
  );
  onTestFinished(async () => void (await opened.close()));
  const text = (stream: PassThrough) => String(stream.read() ?? "");
  return { ...opened, stdout: () => text(stdout), stderr: () => text(stderr) };
}

/** What is answered, or status, sentence and details of the refusal. */
async function answer(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return [error.status, error.message, ...error.details];
  }
}

/** All functions of the example. */
const hashes = readdirSync(join(market, ".ouverture/objects/sha256"))
  .flatMap((two) =>
    readdirSync(join(market, ".ouverture/objects/sha256", two)).map((rest) => two + rest),
  )
  .sort();

describe("resolveHash", () => {
  it("finds the whole of an abbreviated hash", async () => {
    const { session } = sessionIn(market);
    for (const hash of hashes) {
      for (const text of [hash, hash.slice(0, 12), `object_${hash}`, hash.toUpperCase()]) {
        expect(await session.resolveHash(text)).toBe(hash);
      }
    }
  });

  it("asks no pool where the hash is whole", async () => {
    const { session } = sessionIn(temporaryFolder());
    expect(await session.resolveHash("0".repeat(64))).toBe("0".repeat(64));
  });

  it("says that there is none, or too little", async () => {
    const { session } = sessionIn(market);
    expect(await answer(session.resolveHash("00000"))).toEqual([
      1,
      "There is no function whose hash begins with '00000'.",
    ]);
    expect(await answer(session.resolveHash("e9c"))).toEqual([2, "'e9c' is too short for a hash."]);
  });

  it("lists the candidates where there are several", async () => {
    const root = copyOfMarket();
    const start = join(root, ".ouverture/objects/sha256/ab");
    const made = Array.from({ length: 12 }, (_, index) => {
      const rest = `cd${createHash("sha256").update(String(index)).digest("hex").slice(4)}`;
      mkdirSync(join(start, rest), { recursive: true });
      writeFileSync(join(start, rest, "object.json"), "{}");
      return `ab${rest}`;
    }).sort();
    const { session } = sessionIn(root);
    expect(await answer(session.resolveHash("abcd"))).toEqual([
      2,
      "The hashes of 12 functions begin with 'abcd'.",
      ...made.slice(0, 10),
      "and 2 more",
    ]);
    expect(await session.resolveHash(made[3]?.slice(0, 20) ?? "")).toBe(made[3]);
  });
});

describe("resolveReference", () => {
  it("completes both hashes, and checks the language", async () => {
    const { session } = sessionIn(market);
    const source = await session.openSource();
    const hash = await session.resolveHash(OUTLIERS);
    const [first] = await source.listMappings(hash, "eng");
    const reference = `${OUTLIERS}@eng@${first?.hash.slice(0, 8)}`;
    expect(await session.resolveReference(reference)).toEqual({
      hash,
      language: "eng",
      mapping: first?.hash,
    });
    expect(await session.resolveReference(OUTLIERS)).toEqual({
      hash,
      language: null,
      mapping: null,
    });
    expect(await answer(session.resolveReference(`${OUTLIERS}@fr`))).toEqual([
      2,
      "'fr' is not how a language is named here.",
    ]);
    expect(await answer(session.resolveReference(`${OUTLIERS}@eng@00000`))).toEqual([
      1,
      "There is no mapping in 'eng' whose hash begins with '00000'.",
    ]);
  });
});

describe("the pools", () => {
  it("are written to as decisions/0017 has it", async () => {
    const { session } = sessionIn(join(market, "shop"));
    const { userPool } = await session.configuration();
    expect((await session.currentPool()).directory).toBe(join(market, ".ouverture"));
    expect((await session.currentPool({ user: true })).directory).toBe(userPool);
    const elsewhere = sessionIn(temporaryFolder()).session;
    const { userPool: other } = await elsewhere.configuration();
    expect((await elsewhere.currentPool()).directory).toBe(other);
  });

  it("are read before any registry is asked", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const { port } = server.address() as AddressInfo;
    const environment = {
      ...isolated(),
      OUVERTURE_REGISTRIES: `web=http://127.0.0.1:${port}/`,
    };
    const { session, close } = sessionIn(market, { environment });
    const source = await session.openSource();
    const hash = await session.resolveHash(OUTLIERS);
    expect(await source.get(hash)).toBeDefined();
    expect(await source.listMappings(hash)).not.toEqual([]);
    expect(asked).toEqual([]);
    const local = await session.openSource({ isLocal: true });
    expect(await local.get("0".repeat(64))).toBeUndefined();
    expect(asked).toEqual([]);
    await expect(source.get("0".repeat(64))).rejects.toThrow();
    expect(asked).not.toEqual([]);
    // What went wrong is told in the end.
    expect((await close()).join()).toContain("registry 'web'");
  });

  it("know the registries by name", async () => {
    const environment = { ...isolated(), OUVERTURE_REGISTRIES: "one=file:///1 two=file:///2" };
    const { session } = sessionIn(market, { environment });
    expect((await session.openRegistry("two")).name).toBe("two");
    expect(await answer(session.openRegistry("three"))).toEqual([
      2,
      "There is no registry 'three'.",
    ]);
    const none = sessionIn(market).session;
    expect(await answer(none.openRegistry("x"))).toEqual([
      2,
      "There is no registry 'x', and none at all.",
    ]);
  });
});

describe("answers", () => {
  const DOCUMENT = { name: "a\u001b\u202e\n\u200d", 数: ["é"] };

  it("are a document with --json, in which nothing hides, and text without", () => {
    const json = sessionIn(market, {}, true);
    json.session.answer(DOCUMENT, () => "text");
    const written = json.stdout();
    expect(JSON.parse(written)).toEqual(DOCUMENT);
    expect(written).toContain('"a\\u001b\\u202e\\n\\u200d"');
    expect(written).toContain('"é"');
    const plain = sessionIn(market);
    plain.session.answer(DOCUMENT, (screen) => `${screen.width}\n`);
    expect(plain.stdout()).toBe("Infinity\n");
  });

  it("know the terminal", () => {
    const terminal = (columns: number) =>
      Object.assign(new PassThrough(), { isTTY: true, columns });
    const screen = (columns: number): Session["screen"] =>
      sessionIn(market, { stdout: terminal(columns) }).session.screen;
    expect(screen(40)).toMatchObject({ isTerminal: true, width: 40 });
    expect(screen(0)).toMatchObject({ isTerminal: true, width: 80 });
  });
});

describe("Ctrl-C", () => {
  it("is asked for only by commands that can end by themselves", () => {
    const controller = new AbortController();
    let asked = 0;
    const interruption = () => {
      asked += 1;
      return controller.signal;
    };
    const { session, isInterrupted } = sessionIn(market, { interruption });
    expect(asked).toBe(0);
    expect(session.signal.aborted || session.signal.aborted).toBe(false);
    expect(asked).toBe(1);
    controller.abort();
    expect(isInterrupted()).toBe(true);
    expect(() => session.signal.throwIfAborted()).toThrow();
  });
});
