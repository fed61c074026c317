/** A registry over a server that behaves as it is told, and what it says of that. */
import { expect, onTestFinished } from "vitest";
import { type HttpSettings, openHttpRegistry } from "../../src/http/http-registry.js";
import { type FunctionSource, StoreError } from "../../src/store.js";
import { type Behaviour, type FaultyServer, startServer } from "./faulty-server.js";

export const hash = "5".repeat(64);
export const path = `/objects/sha256/55/${"5".repeat(62)}/object.json`;

/** Opens a registry that does not wait long, and closes it with the test. */
export function open(url: string, settings: Partial<HttpSettings> = {}): FunctionSource {
  const quick = { timeout: 10_000, retries: 2, retryDelay: 1, longestWait: 5 };
  const registry = openHttpRegistry({ name: "company", url, ...quick, ...settings });
  onTestFinished(() => registry.close());
  return registry;
}

export async function openOn(
  behaviour: Behaviour,
  settings: Partial<HttpSettings> = {},
): Promise<{ server: FaultyServer; registry: FunctionSource }> {
  const server = await startServer(behaviour);
  return { server, registry: open(server.url, settings) };
}

/** What is said when asking fails: one sentence, with what to do at its end. */
export async function failureOf(asking: Promise<unknown>): Promise<string> {
  const error: unknown = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  const { message, store } = error as StoreError;
  expect(store).toBe("company");
  expect(message).toMatch(/^The registry 'company' cannot be read: [^\n]+; [^\n;]+\.$/);
  return message;
}

export function textOf(found: unknown): string {
  expect(found).toBeInstanceOf(Uint8Array);
  return Buffer.from(found as Uint8Array).toString();
}
