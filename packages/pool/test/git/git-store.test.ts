/** What every store does, done by a registry in a git repository. */
import { join } from "node:path";
import { describe } from "vitest";
import { openGitRegistry } from "../../src/git/git-registry.js";
import type { FunctionStore } from "../../src/store.js";
import { hasGit, temporaryFolder } from "../folder.js";
import { type Abilities, describeStore, type Subject } from "../store-suite.js";
import { AUTHOR } from "./git-author.js";
import { changeRemote, makeRemote, useOwnGit } from "./git-remote-repository.js";

const ABILITIES: Abilities = {
  writes: true,
  lists: true,
  ordersMappings: true,
  inPlace: ["link", "linked-folder", "folder"],
  corrupt: "fault",
};

describe.runIf(hasGit)("git", () => {
  useOwnGit();
  describeStore("a registry in a git repository", ABILITIES, openSubject);
});

/** In a folder of a branch that the repository does not show. */
const [FOLDER, BRANCH] = ["deep/er folder", "feature/pool"];

async function openSubject(): Promise<Subject> {
  const remote = makeRemote();
  const cache = temporaryFolder();
  const url = `git+file://${remote}//${encodeURI(FOLDER)}#${BRANCH}`;
  const open = () => openGitRegistry({ name: "team", url, cache, identity: AUTHOR });
  let store = open();
  return {
    store: following(() => store),
    another: async () => open(),
    async change(edit) {
      await changeRemote(remote, BRANCH, (tree) => edit(join(tree, FOLDER)));
      await store.close();
      // What is read is what there was when it was opened.
      store = open();
    },
  };
}

/** The store that is open at the moment. */
function following(current: () => FunctionStore): FunctionStore {
  return {
    name: current().name,
    get: (hash) => current().get(hash),
    complete: (digits) => current().complete(digits),
    listMappings: (hash, language) => current().listMappings(hash, language),
    getMapping: (hash, reference) => current().getMapping(hash, reference),
    list: () => current().list(),
    add: (records) => current().add(records),
    close: () => current().close(),
  };
}
