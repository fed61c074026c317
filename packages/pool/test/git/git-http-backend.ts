/** A repository behind a web server, as hosts of git have it: git's own program, `git http-backend`. */
import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Behaviour } from "../http/faulty-server.js";

/** Serves the repositories in a folder, to be read and to be pushed to. */
export function serveGit(folder: string): Behaviour {
  return (request, response) => {
    const url = new URL(request.url ?? "", "http://x");
    const git = spawn("git", ["http-backend"], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: "1",
        REMOTE_USER: "b",
        REMOTE_ADDR: "127.0.0.1",
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers["content-type"],
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
        GIT_PROTOCOL: header(request, "git-protocol"),
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    git.stdin.on("error", () => {});
    request.pipe(git.stdin);
    passAnswer(git.stdout, response);
  };
}

/** Asks for a name and a password first of all. */
export function withPassword(user: string, password: string, then: Behaviour): Behaviour {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return (request, response) => {
    if (request.headers.authorization === expected) then(request, response);
    else response.writeHead(401, { "www-authenticate": 'Basic realm="pool"' }).end();
  };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What comes from a CGI program: headers, an empty line, and the body (RFC 3875, 6). */
function passAnswer(from: NodeJS.ReadableStream, response: ServerResponse): void {
  let head = Buffer.alloc(0);
  from.on("data", (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const lines = head.toString("latin1", 0, end).split("\r\n");
    const headers = lines.map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = headers.find(([name]) => name === "Status")?.[1] ?? "200";
    const others = headers.filter(([name]) => name !== "Status");
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(others));
    response.write(head.subarray(end + 4));
  });
  from.on("end", () => response.end());
}
