/**
 * One request and its answer, on undici's lowest level: the body is counted, unpacked
 * and timed as it comes, so that no server can make us hold or wait more than we want.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import { bodyFailure, HttpFailure, networkFailure, timeoutFailure } from "./http-failure.js";

export interface HttpRequest<T> {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds for the answer with its body; for a large one, for each MiB of it. */
  readonly timeout: number;
  /** The most bytes of the unpacked body. */
  readonly most: number;
  /** What makes something of the body. */
  openBody(): BodyReader<T>;
}

/** Takes a body piece by piece. `end` is called once it is whole. */
export interface BodyReader<T> {
  take(chunk: Uint8Array): void;
  end(): T;
}

export interface HttpAnswer<T> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of an answer with the status 200; of another it is not read. */
  readonly body: T | "too-large" | undefined;
}

/** The encodings that are unpacked here: what `Accept-Encoding` says. */
export const ENCODINGS = "gzip, br";
const MIB = 1 << 20;
/** Packed, a body that cannot be packed is a little longer than unpacked. */
const SLACK = 1 << 16;
/** What is read of a body that nobody wants, so that its connection can be used again. */
const UNWANTED = 1 << 16;

/** Asks once, without following redirects. Throws an `HttpFailure`. */
export function exchange<T>(
  dispatcher: Dispatcher,
  request: HttpRequest<T>,
): Promise<HttpAnswer<T>> {
  const { url, headers, timeout } = request;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let receiver: Receiver | undefined;
    const options = {
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers,
      // Ours is for the whole.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    dispatcher.dispatch(options, {
      // It has a connection now: the wait for one is not the server's fault.
      onRequestStart(controller) {
        clearTimeout(timer);
        timer = setTimeout(() => controller.abort(timeoutFailure(timeout)), timeout);
        receiver = undefined;
      },
      onResponseStart(controller, status, responseHeaders) {
        if (status < 200) return;
        const flow: Flow<T> = {
          headers: responseHeaders,
          progress: () => timer?.refresh(),
          answer: (body) => resolve({ status, headers: responseHeaders, body }),
          stop(failure) {
            reject(failure);
            receiver?.close();
            controller.abort(failure);
          },
        };
        receiver = status === 200 ? receiveBody(request, flow) : skipBody(flow);
      },
      onResponseData(_, chunk) {
        receiver?.take(chunk);
      },
      onResponseEnd() {
        clearTimeout(timer);
        receiver?.end();
      },
      onResponseError(_, error) {
        clearTimeout(timer);
        receiver?.close();
        reject(error instanceof HttpFailure ? error : networkFailure(error));
      },
    });
  });
}

/** Collects a body as bytes of their own. */
export function openBytes(): BodyReader<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return { take: (chunk) => chunks.push(chunk), end: () => Buffer.concat(chunks) };
}

// --- what becomes of a body ------------------------------------------------------

interface Flow<T> {
  readonly headers: IncomingHttpHeaders;
  /** Another MiB came. */
  progress(): void;
  /** Only the first of `answer` and `stop` counts. */
  answer(body: T | "too-large" | undefined): void;
  /** Ends the connection. */
  stop(failure: HttpFailure): void;
}

interface Receiver {
  take(chunk: Uint8Array): void;
  /** All came. */
  end(): void;
  /** No more will come. */
  close(): void;
}

/** The answer is known without its body, whatever becomes of that. */
function skipBody<T>(flow: Flow<T>): Receiver {
  let length = 0;
  const answer = (): void => flow.answer(undefined);
  return {
    take(chunk) {
      length += chunk.length;
      if (length <= UNWANTED) return;
      answer();
      flow.stop(tooMuch());
    },
    end: answer,
    close: answer,
  };
}

function receiveBody<T>({ most, openBody }: HttpRequest<T>, flow: Flow<T>): Receiver {
  const plain = readBody(openBody(), most, flow);
  const encoding = String(flow.headers["content-encoding"] ?? "")
    .trim()
    .toLowerCase();
  if (encoding === "" || encoding === "identity") return plain;
  const unpacker = openUnpacker(encoding);
  if (unpacker !== null) return unpackBody(unpacker, plain, most + SLACK, flow);
  flow.stop(bodyFailure("packed its answer in a way that was not asked for", false));
  return plain;
}

function readBody<T>(reader: BodyReader<T>, most: number, flow: Flow<T>): Receiver {
  let length = 0;
  return {
    take(chunk) {
      const mebibytes = Math.floor(length / MIB);
      length += chunk.length;
      if (length > most) return refuseBody(flow);
      reader.take(chunk);
      if (Math.floor(length / MIB) > mebibytes) flow.progress();
    },
    end: () => flow.answer(reader.end()),
    close: () => undefined,
  };
}

function openUnpacker(encoding: string): Transform | null {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  return encoding === "br" ? createBrotliDecompress() : null;
}

/** `most` is about the packed bytes: there are some that unpack to nothing. */
function unpackBody<T>(
  unpacker: Transform,
  plain: Receiver,
  most: number,
  flow: Flow<T>,
): Receiver {
  let length = 0;
  unpacker.on("data", plain.take);
  unpacker.on("end", plain.end);
  unpacker.on("error", (error: Error) =>
    flow.stop(bodyFailure(`sent what cannot be unpacked (${error.message})`, true, error)),
  );
  return {
    take(chunk) {
      length += chunk.length;
      if (length > most) return refuseBody(flow);
      unpacker.write(chunk);
    },
    end: () => unpacker.end(),
    close: () => unpacker.destroy(),
  };
}

function refuseBody<T>(flow: Flow<T>): void {
  flow.answer("too-large");
  flow.stop(tooMuch());
}

function tooMuch(): HttpFailure {
  return bodyFailure("sent too much", false);
}
