/** A GitHub on this machine, with the comments of one pull request, for tests of the comment. */
import { startServer } from "../../pool/test/http/faulty-server.js";

export interface Comment {
  id: number;
  body: string;
  user: { login: string; type: "Bot" | "User" } | null;
}

export interface Github {
  readonly url: string;
  /** As they are now. */
  readonly comments: readonly Comment[];
  /** `GET /user`, in their order. */
  readonly requests: readonly string[];
}

export interface GithubOptions {
  readonly comments?: readonly Comment[];
  /** Who the token is of. */
  readonly author?: { login: string; type: "Bot" | "User" };
  /** What is answered in place of an answer, by the number of the request, from 1. */
  readonly refuse?: (count: number, request: string) => Refusal | null;
}
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What GitHub answers where a token may not do something. */
export const FORBIDDEN: Refusal = {
  status: 403,
  message: "Resource not accessible by integration",
};

export const BOT = { login: "github-actions[bot]", type: "Bot" } as const;

/** Starts it; it ends with the test. */
export async function startGithub(options: GithubOptions = {}): Promise<Github> {
  const { author = BOT, refuse = () => null } = options;
  const comments: Comment[] = [...(options.comments ?? [])];
  const requests: string[] = [];
  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? "", "http://x");
    const name = `${request.method} ${url.pathname}`;
    requests.push(name);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = (status: number, value: unknown, headers = {}) =>
        response
          .writeHead(status, { "content-type": "application/json", ...headers })
          .end(JSON.stringify(value));
      const refusal = refuse(requests.length, name);
      if (refusal !== null) {
        answer(refusal.status, { message: refusal.message }, refusal.headers);
        return;
      }
      if (!/^Bearer \S+$/.test(request.headers.authorization ?? "")) {
        answer(401, { message: "Bad credentials" });
        return;
      }
      const sent = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
      if (name === "GET /user") {
        answer(author.type === "User" ? 200 : 403, author.type === "User" ? author : FORBIDDEN);
      } else if (name === LIST) {
        const size = Number(url.searchParams.get("per_page") ?? 30);
        const start = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
        answer(200, comments.slice(start, start + size));
      } else if (name === CREATE) {
        const created = { id: 1000 + comments.length, body: sent.body, user: author };
        comments.push(created);
        answer(201, created);
      } else {
        const [, id] = UPDATE.exec(name) ?? [];
        const found = comments.find((comment) => String(comment.id) === id);
        if (found === undefined) answer(404, { message: "Not Found" });
        else {
          found.body = sent.body;
          answer(200, found);
        }
      }
    });
  });
  return { url: server.url, comments, requests };
}

export const LIST = "GET /repos/ouverture/market/issues/7/comments";
export const CREATE = "POST /repos/ouverture/market/issues/7/comments";
const UPDATE = /^PATCH \/repos\/ouverture\/market\/issues\/comments\/(\d+)$/;
