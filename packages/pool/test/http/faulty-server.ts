/**
 * A real web server on this machine that misbehaves as it is told, for tests of all that
 * asks one. A `Behaviour` answers one request; those that are not HTTP any more work on
 * its socket.
 */
import { createReadStream, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyServer {
  /** `http://127.0.0.1:1234/` */
  readonly url: string;
  /** What was asked so far. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** How many connections there were. */
  connections(): number;
  /** Changes what it does. */
  behave(behaviour: Behaviour): void;
}

export interface ServerOptions {
  /** 127.0.0.1. */
  readonly host?: string;
  /** Makes it a server of https. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Starts a server, which ends with the test. */
export async function startServer(
  behaviour: Behaviour,
  { host = "127.0.0.1", tls }: ServerOptions = {},
): Promise<FaultyServer> {
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  let connections = 0;
  let current = behaviour;
  const listener: Behaviour = (request, response) => {
    requests.push({ path: request.url ?? "", headers: request.headers });
    current(request, response);
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  const authority = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${tls === undefined ? "http" : "https"}://${authority}:${port}/`,
    requests,
    connections: () => connections,
    behave(next) {
      current = next;
    },
  };
}

type Body = string | Uint8Array;

/** Answers as a good server does. */
export function answer(
  status: number,
  body: Body = "",
  headers: Readonly<Record<string, string | string[]>> = {},
): Behaviour {
  return (_, response) => {
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers }).end(body);
  };
}

/** Serves the files below a folder as any web server does: a folder is no file. */
export function serveFolder(folder: string): Behaviour {
  return (request, response) => {
    const file = join(folder, decodeURIComponent(new URL(request.url ?? "", "http://x").pathname));
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile() !== true) {
      response.writeHead(404).end("<!doctype html><title>404 Not Found</title>");
      return;
    }
    const modified = found.mtime.toUTCString();
    response.writeHead(200, { "content-length": found.size, "last-modified": modified });
    createReadStream(file).pipe(response);
  };
}

/** Behaves each time as the next; the last stays. */
export function inTurn(...behaviours: readonly [Behaviour, ...Behaviour[]]): Behaviour {
  let next = 0;
  return (request, response) => {
    const behaviour = behaviours[Math.min(next, behaviours.length - 1)];
    next += 1;
    behaviour?.(request, response);
  };
}

/** Behaves by the path that is asked, `/` first; what is not there is answered with 404. */
export function byPath(behaviours: Readonly<Record<string, Behaviour>>): Behaviour {
  return (request, response) => (behaviours[request.url ?? ""] ?? answer(404))(request, response);
}

export function redirect(location: string, status = 302): Behaviour {
  return answer(status, "elsewhere", { location });
}

/** Never answers. */
export const hang: Behaviour = () => undefined;

/** Answers, and stops in the body. */
export function hangInBody(body: Body): Behaviour {
  return (_, response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(body) + 1 });
    response.write(body);
  };
}

/** Sends pieces of a body, one each `milliseconds`. */
export function drip(pieces: readonly Body[], milliseconds: number): Behaviour {
  return (_, response) => {
    response.writeHead(200);
    const left = [...pieces];
    const timer = setInterval(() => {
      const piece = left.shift();
      if (piece === undefined) response.end();
      else response.write(piece);
      if (piece === undefined) clearInterval(timer);
    }, milliseconds);
    response.on("close", () => clearInterval(timer));
  };
}

/** Ends the connection before it answers. */
export const reset: Behaviour = (request) => {
  request.socket.resetAndDestroy();
};

/** Closes the connection in the middle of a body whose length it said. */
export function truncate(body: Body): Behaviour {
  const half = Buffer.from(body).subarray(0, Buffer.byteLength(body) / 2);
  return (_, response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(body) });
    response.write(half, () => response.socket?.end());
  };
}

/** Closes the connection before the last chunk. */
export function truncateChunks(body: Body): Behaviour {
  return (_, response) => {
    response.writeHead(200, { "transfer-encoding": "chunked" });
    response.write(body, () => response.socket?.end());
  };
}

/** Answers what is no HTTP. */
export function garble(text: string): Behaviour {
  return (request) => {
    request.socket.end(text);
  };
}

/** Sends `piece` again and again until nobody listens. */
export function flood(piece: Body, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (_, response) => {
    if (!response.headersSent) response.writeHead(200, headers);
    const send = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", send);
    send();
  };
}

/** Behaves well, and closes the connection afterwards although it said that it stays. */
export function closeAfter(behaviour: Behaviour): Behaviour {
  return (request, response) => {
    response.on("finish", () => setImmediate(() => request.socket.destroy()));
    behaviour(request, response);
  };
}
