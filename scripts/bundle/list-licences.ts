/**
 * Writes the licences of the libraries in a bundle, which ask for it, to a file of the bundle.
 * Fails the build where a library has none.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/** @param holder what holds them: `The ouverture command`. */
export function listLicences(fileName: string, holder: string): Plugin {
  return {
    name: "list-licences",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? file.moduleIds : [],
      );
      const texts = [...new Set(modules.flatMap(packageFolderOf))].map(licenceOf).sort();
      const source = `${holder} holds these libraries.\n\n${texts.join(`\n\n${LINE}\n\n`)}\n`;
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

const LINE = "-".repeat(80);

/** The folder of the library that a module is of. */
function packageFolderOf(module: string): string[] {
  const found = /^[^\0]*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module);
  return found === null ? [] : [found[0]];
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
}
