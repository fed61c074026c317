/**
 * The environment of a check that strangers can start, with secrets in it that they must not
 * get a registry to see: what is left of it has none (decisions/0035).
 */
import { mkdtempSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import type { Variables } from "./inputs.js";

/** What the library reads: where things of the user are, settings, and the way to a network. */
const KEPT =
  /^(?:HOME|USERPROFILE|LOCALAPPDATA|XDG_\w+|OUVERTURE_(?:DIRECTORY|REGISTRIES|FAIL_ON|ALLOW_EMPTY|EXCLUDE|POLICY)|PATH|PATHEXT|SYSTEMROOT|TMPDIR|TEMP|TMP|CI|(?:HTTPS?|NO|ALL)_PROXY|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS)$/i;

/** The variables without tokens, and without what names the hosts that tokens may go to. */
export function withoutTokens(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => KEPT.test(name)));
}

/**
 * Takes from this process what git would sign in with: helpers, headers and rewritten URLs of
 * the user's settings, agents, keys and .netrc. The settings of the checked out repository stay,
 * with which a missing commit of its own can be fetched.
 */
export function forgetGitCredentials(
  environment: NodeJS.ProcessEnv,
  root: string,
  temporary: string,
): void {
  for (const name of Object.keys(environment)) {
    if (/^(?:GIT_|SSH_)/i.test(name)) delete environment[name];
  }
  const home = mkdtempSync(join(temporary, "home-"));
  Object.assign(environment, {
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ASKPASS: "",
    // Refuses to connect: a key without a passphrase needs nobody's help.
    GIT_SSH_COMMAND:
      "ssh -F none -o BatchMode=yes -o PubkeyAuthentication=no -o GSSAPIAuthentication=no -o IdentityAgent=none",
  });
  // What the user's settings may have said of a folder of somebody else's.
  setGitOption(environment, "safe.directory", root);
  setGitOption(environment, "credential.helper", "");
}

/**
 * Lets git sign in with the token of the workflow at this repository, and nowhere else, so that a
 * commit that is not there can be fetched where the checkout keeps no credentials.
 */
export function lendToken(
  environment: NodeJS.ProcessEnv,
  { GITHUB_SERVER_URL, GITHUB_REPOSITORY }: Variables,
  token: string | undefined,
): void {
  if (token === undefined || !GITHUB_SERVER_URL || !GITHUB_REPOSITORY) return;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const url = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
  for (const key of [`http.${url}.extraheader`, `http.${url}.git.extraheader`]) {
    // An empty one takes away those of the checkout: two headers are refused.
    setGitOption(environment, key, "");
    setGitOption(environment, key, `Authorization: Basic ${basic}`);
  }
}

/** Adds to what the environment says already (git-config(1), "GIT_CONFIG_COUNT"). */
function setGitOption(environment: NodeJS.ProcessEnv, key: string, value: string): void {
  const count = Number(environment.GIT_CONFIG_COUNT ?? 0);
  environment[`GIT_CONFIG_KEY_${count}`] = key;
  environment[`GIT_CONFIG_VALUE_${count}`] = value;
  environment.GIT_CONFIG_COUNT = String(count + 1);
}
