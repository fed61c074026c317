// A registry of npm on this machine: `node registry.mjs FOLDER TARBALL ...`, a pair for each package.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const packages = new Map();
for (let at = 2; at < process.argv.length; at += 2) {
  const own = JSON.parse(readFileSync(join(process.argv[at], "package.json"), "utf8"));
  const bytes = readFileSync(process.argv[at + 1]);
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  packages.set(`/${own.name}`, { own, bytes, integrity });
}

const server = createServer((request, response) => {
  const [, path, isTarball] = /^(.*?)(\/package\.tgz)?$/.exec(
    decodeURIComponent(request.url ?? ""),
  );
  const found = packages.get(path);
  if (found === undefined) {
    response.statusCode = 404;
    return response.end("{}");
  }
  if (isTarball) return response.end(found.bytes);
  const { name, version, bin, engines, dependencies } = found.own;
  const tarball = `http://127.0.0.1:${server.address().port}/${name}/package.tgz`;
  const dist = { tarball, integrity: found.integrity };
  const versions = { [version]: { name, version, bin, engines, dependencies, dist } };
  response.setHeader("content-type", "application/json");
  return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
