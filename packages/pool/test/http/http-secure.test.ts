/** Certificates, https and proxies, by processes that have them in their environment. */
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openHttpRegistry } from "../../src/http/http-registry.js";
import { temporaryFolder, writeFiles } from "../folder.js";
import { answer, redirect, startServer } from "./faulty-server.js";
import { certificate, key } from "./http-certificate.js";

const hash = "5".repeat(64);
const path = `/objects/sha256/55/${"5".repeat(62)}/object.json`;
const fine = answer(200, "é");
const tls = { key, cert: certificate };
const program = fileURLToPath(new URL("./http-reader.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");

/** Runs the reader with these variables and no others that matter; gives what it prints. */
async function ask(
  url: string,
  environment: Readonly<Record<string, string>>,
  ...token: string[]
): Promise<string> {
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...environment };
  const args = ["--conditions=@ouverture/source", "--import", tsx, program, url, hash, ...token];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  await new Promise((resolve) => child.on("close", resolve));
  return printed.trimEnd();
}

/** Variables that make a process trust the certificate of the tests. */
function trusting(): Record<string, string> {
  const folder = temporaryFolder();
  writeFiles(folder, { "authority.pem": certificate });
  return { NODE_EXTRA_CA_CERTS: join(folder, "authority.pem") };
}

/** A proxy for CONNECT, and what it was asked to connect to. */
async function startProxy(refusal?: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    asked.push(request.url ?? "");
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const { port } = new URL(`http://${request.url}`);
    // It knows hosts that nobody else knows.
    const target = connect(Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on("error", () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe("https", () => {
  it("is trusted by NODE_EXTRA_CA_CERTS", async () => {
    const server = await startServer(fine, { tls });
    expect(await ask(server.url, trusting(), "secret")).toBe("é");
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret"]);
  });

  it("is not asked where nobody trusts its certificate, and not again", async () => {
    const server = await startServer(fine, { tls });
    expect(await ask(server.url, {})).toBe(
      `The registry 'company' cannot be read: ${server.url}${path.slice(1)} has a certificate that is not trusted (self-signed certificate); set NODE_EXTRA_CA_CERTS to a file with the certificate of those who signed it.`,
    );
    expect(server.requests).toEqual([]);
    expect(server.connections()).toBe(1);
  });

  it("is not asked under a name that its certificate has not", async () => {
    const server = await startServer(fine, { tls });
    const proxy = await startProxy();
    const environment = { ...trusting(), HTTPS_PROXY: proxy.url };
    const message = await ask(server.url.replace("127.0.0.1", "pool.test"), environment);
    expect(message).toMatch(/has a certificate that is not trusted \(Hostname\/IP does not match/);
    expect(server.requests).toEqual([]);
  });

  it("does not go down to http, and takes the token nowhere else", async () => {
    const plain = await startServer(fine);
    const other = await startServer(redirect(plain.url), { tls });
    const first = await startServer(redirect(other.url), { tls });
    expect(await ask(first.url, trusting(), "secret")).toMatch(
      /redirects from https down to http:..127.0.0.1:\d+\/; correct its URL/,
    );
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret"]);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(plain.requests).toEqual([]);
  });

  it("may be reached from http", async () => {
    const secure = await startServer(fine, { tls });
    const plain = await startServer(redirect(secure.url));
    expect(await ask(plain.url, trusting(), "secret")).toBe("é");
    expect(secure.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe("a proxy", () => {
  it("is used as HTTPS_PROXY says", async () => {
    const server = await startServer(fine, { tls });
    const proxy = await startProxy();
    expect(await ask(server.url, { ...trusting(), HTTPS_PROXY: proxy.url }, "secret")).toBe("é");
    expect(proxy.asked).toEqual([new URL(server.url).host]);
    expect(server.requests).toHaveLength(1);
  });

  it("is not used as NO_PROXY says", async () => {
    const server = await startServer(fine, { tls });
    const proxy = await startProxy();
    const environment = { ...trusting(), HTTPS_PROXY: proxy.url, NO_PROXY: "x.test,127.0.0.1" };
    expect(await ask(server.url, environment)).toBe("é");
    expect(proxy.asked).toEqual([]);
  });

  it("is not used for plain http, which is for this machine", async () => {
    const server = await startServer(fine);
    const proxy = await startProxy();
    expect(await ask(server.url, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url })).toBe("é");
    expect(proxy.asked).toEqual([]);
  });

  it("may refuse", async () => {
    const proxy = await startProxy(407);
    const message = await ask("https://pool.test/", { HTTPS_PROXY: proxy.url });
    expect(message).toMatch(/failed \(Proxy response \(407\).*, 2 times; look at the network, and/);
    expect(proxy.asked).toEqual(["pool.test:443", "pool.test:443"]);
  });

  it.each(["proxy.test:8080", "http://[", "ftp://127.0.0.1:1/"])(
    "may be none: %s",
    async (proxy) => {
      vi.stubEnv("HTTPS_PROXY", proxy);
      vi.stubEnv("https_proxy", undefined);
      onTestFinished(() => void vi.unstubAllEnvs());
      const registry = openHttpRegistry({ name: "company", url: "https://pool.test/" });
      await expect(registry.get(hash)).rejects.toThrow(
        `The registry 'company' cannot be read: https://pool.test${path} goes through a proxy, and HTTPS_PROXY (or HTTP_PROXY) is not the URL of one; write it as http://host:port.`,
      );
      const { url: plain } = await startServer(fine);
      expect(await openHttpRegistry({ name: "plain", url: plain }).get(hash)).toBeDefined();
      await registry.close();
    },
  );
});
