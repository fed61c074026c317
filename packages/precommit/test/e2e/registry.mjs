// A registry of npm on this machine that has one package: `node registry.mjs FOLDER TARBALL`.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [, , folder, tarball] = process.argv;
const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const bytes = readFileSync(tarball);
const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

const server = createServer((request, response) => {
  if (request.url === "/package.tgz") return response.end(bytes);
  if (decodeURIComponent(request.url ?? "") !== `/${own.name}`) {
    response.statusCode = 404;
    return response.end("{}");
  }
  const { name, version, bin, engines } = own;
  const dist = { tarball: `http://127.0.0.1:${server.address().port}/package.tgz`, integrity };
  const versions = { [version]: { name, version, bin, engines, dist } };
  response.setHeader("content-type", "application/json");
  return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
