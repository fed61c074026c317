/**
 * Keeps compiled modules for the next start, with Node 22.8 or later. In the user's own cache:
 * Node's default is below a folder that everybody may write to, and what is compiled is run.
 */
import module from "node:module";
import { join } from "node:path";
import { locate } from "@ouverture/pool";
import type { Outside } from "./outside.js";

export function enableCompileCache(environment: Outside["environment"]): void {
  if (!("enableCompileCache" in module) || typeof module.enableCompileCache !== "function") return;
  if (environment.NODE_COMPILE_CACHE !== undefined) return;
  try {
    module.enableCompileCache(join(locate(environment).cache, "node"));
  } catch {
    // A user without a home has no cache.
  }
}
