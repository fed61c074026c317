/** Who the user is, and the registries: is it set, and do they answer? */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bad, type Check, type Configuration, good, StoreError, warning } from "@ouverture/pool";
import type { Session } from "../session.js";
import { badBecause } from "./bad-because.js";

/** That it was read says that it is valid. */
export function checkConfiguration({ sources }: Configuration): Check {
  const places = sources.map(({ path }) => path);
  return good("the configuration", places.length === 0 ? "has no files" : places.join(", "));
}

export function checkUser({ user }: Configuration): Check {
  const { username, email, languages } = user;
  const missing = [
    ...(username === null ? ["username"] : []),
    ...(email === null ? ["email"] : []),
    ...(languages.length === 0 ? ["language"] : []),
  ];
  const found = [username, email === null ? null : `<${email}>`, ...languages];
  const text = found.filter((one) => one !== null).join(" ");
  if (missing.length === 0) return good("you", text);
  const todo = `'ouverture init' asks for it, or 'ouverture whoami ${missing[0]} ...' sets it.`;
  return warning("you", `${missing.join(", ")} not set`, todo);
}

export function checkRegistries(configuration: Configuration, session: Session): Promise<Check[]> {
  return Promise.all(
    configuration.registries.map(async ({ name, url }) => {
      const what = `registry ${name}`;
      try {
        const registry = await session.openRegistry(name);
        // None has it: what counts is that there is an answer.
        await registry.get(NO_HASH);
        return isMissingFolder(url)
          ? warning(what, `${url} is not there yet`, "'ouverture publish' makes it.")
          : good(what, url);
      } catch (error) {
        if (!(error instanceof StoreError)) return badBecause(what, error);
        return bad(what, error.message, null);
      }
    }),
  );
}

function isMissingFolder(url: string): boolean {
  return url.startsWith("file:") && !existsSync(fileURLToPath(url));
}

const NO_HASH = "0".repeat(64);
