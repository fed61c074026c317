/**
 * A process that asks a registry for one function, because certificates and proxies are
 * settings of a process: prints the text that it got, or why it got none.
 */
import { openHttpRegistry } from "../../src/http/http-registry.js";

const [url = "", hash = "", token] = process.argv.slice(2);
const quick = { timeout: 10_000, retries: 1, retryDelay: 1 };
const registry = openHttpRegistry({ name: "company", url, ...quick, ...(token && { token }) });
try {
  const found = await registry.get(hash);
  console.log(found instanceof Uint8Array ? Buffer.from(found).toString() : String(found));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
