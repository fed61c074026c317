/**
 * The libraries that carry requests. They are loaded when something is first asked, so
 * that no command waits for what it does not use.
 */
import type { Dispatcher } from "undici";
import { ownVersion } from "../own-version.js";
import { proxyFailure } from "./http-failure.js";

export interface HttpTransport {
  readonly pRetry: typeof import("p-retry").default;
  /** What carries a request to `url`. Throws an `HttpFailure` where that is a malformed proxy. */
  choose(url: URL): Dispatcher;
  /** `ouverture/1.2.3` */
  readonly userAgent: string;
  /** Ends all connections. */
  destroy(): Promise<void>;
}

/** Connections to one host, and so requests at a time. */
const CONNECTIONS = 16;

export async function loadTransport(): Promise<HttpTransport> {
  const [{ Agent, EnvHttpProxyAgent }, { default: pRetry }] = await Promise.all([
    import("undici"),
    import("p-retry"),
  ]);
  const options = { connections: CONNECTIONS };
  const direct = new Agent(options);
  let proxied: Dispatcher | undefined;

  /** As HTTPS_PROXY and NO_PROXY say. */
  function chooseProxied(): Dispatcher {
    try {
      proxied ??= new EnvHttpProxyAgent(options);
      return proxied;
    } catch (error) {
      throw proxyFailure(error);
    }
  }

  return {
    pRetry,
    // Plain http is for this machine, so that it does not go through a proxy on another.
    choose: (url) => (url.protocol === "http:" ? direct : chooseProxied()),
    userAgent: `ouverture/${ownVersion()}`,
    async destroy() {
      await Promise.all([direct.destroy(), proxied?.destroy()]);
    },
  };
}
