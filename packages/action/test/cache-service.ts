/** GitHub's service of caches on this machine, in its second version, as @actions/cache speaks to it. */
import type { IncomingMessage } from "node:http";
import { startServer } from "../../pool/test/http/faulty-server.js";

export interface CacheService {
  /** The variables of a runner that has it. */
  readonly variables: Readonly<Record<string, string>>;
  /** By their keys, in the order in which they came. */
  readonly entries: ReadonlyMap<string, Buffer>;
  readonly requests: readonly string[];
  /** Changes what is kept. */
  replace(key: string, archive: Buffer): void;
}

const API = "/twirp/github.actions.results.api.v1.CacheService/";

/** @param fails what is answered in place of an answer. */
export async function startCacheService(fails?: number): Promise<CacheService> {
  const entries = new Map<string, Buffer>();
  const requests: string[] = [];
  const server = await startServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    const name = `${request.method} ${pathname.replace(API, "")}`;
    requests.push(name);
    const body = await readBody(request);
    if (fails !== undefined) {
      response.writeHead(fails).end("::error::broken");
      return;
    }
    const answer = (value: unknown) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const key = decodeURIComponent(pathname.slice("/blobs/".length));
    if (name === "POST GetCacheEntryDownloadURL") {
      const { key: primary, restore_keys = [] } = JSON.parse(body.toString());
      const found = find(entries, [primary, ...restore_keys]);
      answer(
        found === undefined
          ? { ok: false }
          : { ok: true, matched_key: found, signed_download_url: `${server.url}blobs/${found}` },
      );
    } else if (name === "POST CreateCacheEntry") {
      const { key: wanted } = JSON.parse(body.toString());
      if (entries.has(wanted)) answer({ ok: false, message: "it is there" });
      else answer({ ok: true, signed_upload_url: `${server.url}blobs/${wanted}` });
    } else if (name === "POST FinalizeCacheEntryUpload") {
      answer({ ok: true, entry_id: "1" });
    } else if (name.startsWith("PUT /blobs/")) {
      entries.set(key, body);
      response.writeHead(201, { etag: '"1"', "x-ms-request-id": "1", "x-ms-version": "1" }).end();
    } else {
      const content = entries.get(key) ?? Buffer.alloc(0);
      response.writeHead(200, { "content-length": content.length });
      response.end(request.method === "HEAD" ? undefined : content);
    }
  });
  return {
    variables: {
      ACTIONS_CACHE_SERVICE_V2: "true",
      ACTIONS_RESULTS_URL: server.url,
      ACTIONS_RUNTIME_TOKEN: "token-of-the-runner",
    },
    entries,
    requests,
    replace: (key, archive) => entries.set(key, archive),
  };
}

/** The newest whose name begins with one of these. */
function find(entries: ReadonlyMap<string, Buffer>, keys: readonly string[]): string | undefined {
  const newest = [...entries.keys()].reverse();
  for (const key of keys) {
    const found = newest.find((one) => one === key) ?? newest.find((one) => one.startsWith(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
