// The repository of hooks for pre-commit and prek, from packages/precommit/hook-repository.
//   node hook-repository.mjs pin              writes the version of this package into its files
//   node hook-repository.mjs publish FOLDER   commits and tags it in a clone; pushing is left
// Plain Node, because `npm run version` runs it before anything is built.
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
const source = join(home, "hook-repository");
const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
const MANIFEST = ".pre-commit-hooks.yaml";

const [command, target] = process.argv.slice(2);
if (command === "pin") pin();
else if (command === "publish" && target !== undefined) publish(target);
else {
  console.error("usage: hook-repository.mjs pin | publish FOLDER");
  process.exitCode = 2;
}

function pin() {
  for (const name of readdirSync(source)) {
    const path = join(source, name);
    const text = readFileSync(path, "utf8");
    const pinned = text
      .replace(/(@ouverture\/precommit@)\d[^"]*/g, `$1${version}`)
      .replace(/("version": ")[^"]*/g, `$1${version}`)
      .replace(/(rev: v)\S+/g, `$1${version}`);
    if (pinned !== text) writeFileSync(path, pinned);
  }
}

function publish(folder) {
  const manifest = readFileSync(join(source, MANIFEST), "utf8");
  if (manifest.split(`@ouverture/precommit@${version}"`).length !== 4) {
    throw new Error(`The hooks are not pinned to ${version}: run 'hook-repository.mjs pin'.`);
  }
  const tag = `v${version}`;
  if (git(folder, "tag", "--list", tag) !== "") {
    console.log(`${tag} is published already.`);
    return;
  }
  for (const name of readdirSync(source)) copyFileSync(join(source, name), join(folder, name));
  copyFileSync(join(home, "LICENSE"), join(folder, "LICENSE"));
  commit(folder, tag, `Ouverture ${version}`);
  // Beside the branch, so that nobody's update comes to it unasked.
  const main = git(folder, "rev-parse", "HEAD");
  const old = manifest
    .replaceAll("pre-commit, pre-merge-commit", "commit, merge-commit")
    .replaceAll("pre-push", "push")
    .replaceAll(/\n {2}minimum_pre_commit_version: .*/g, "");
  writeFileSync(join(folder, MANIFEST), old);
  git(folder, "checkout", "-q", "--detach");
  commit(folder, `${tag}-stages-of-3.1`, `Ouverture ${version}, for pre-commit before 3.2`);
  git(folder, "checkout", "-q", "-B", "main", main);
  console.log(`${tag} is committed in ${folder}.`);
}

function commit(folder, tag, message) {
  git(folder, "add", "--all");
  git(folder, "commit", "-q", "--no-verify", "-m", message);
  git(folder, "tag", tag);
}

function git(folder, ...args) {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}
