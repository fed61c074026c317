/** The step, in the order in which things happen: inputs, event, check, and who is told what. */
import { EXIT_STATUS, type Report, renderGithubLog } from "@ouverture/core";
import { loadConfiguration, locate, verifyRepository } from "@ouverture/pool";
import { annotate, annotateReport } from "./annotate.js";
import { forgetGitCredentials, lendToken } from "./credentials.js";
import { NO_DOCUMENTS, planDocuments, writeDocuments } from "./documents.js";
import { type Inputs, readInputs, type Variables } from "./inputs.js";
import { writeLog } from "./log.js";
import { type Occasion, readOccasion } from "./occasion.js";
import { type ExitStatus, setOutputs } from "./outputs.js";
import { findPlace, type Place } from "./place.js";
import { NO_CACHE, type PoolCache, restorePool } from "./pool-cache.js";
import { writeSummary } from "./summary.js";
import { openSurroundings, type Surroundings } from "./surroundings.js";
import { tellPullRequest } from "./tell-pull-request.js";

/** Runs the step with the variables of its process, and gives its exit status. Never throws. */
export async function runAction(variables: Variables): Promise<ExitStatus> {
  try {
    const inputs = readInputs(variables);
    const occasion = readOccasion(variables);
    const surroundings = openSurroundings(occasion, variables);
    const { environment, temporary } = surroundings;
    const place = findPlace(inputs, variables, locate(environment).home);
    const documents = planDocuments(inputs, place, temporary);
    if (!occasion.mayUseCredentials) forgetGitCredentials(process.env, place.root, temporary);
    lendToken(process.env, variables, inputs.token);

    const cache = await openCache(inputs, occasion, surroundings, place);
    const report = await check(inputs, occasion, surroundings, place);

    writeLog(renderGithubLog(report, place.folders));
    writeDocuments(documents, report, place);
    setOutputs(report, documents);
    if (inputs.annotations) await annotateReport(report, place, occasion);
    if (report.outcome === "unchecked") annotate("error", whyUnchecked(report));
    if (inputs.summary) await writeSummary(report, place);
    await tellPullRequest(report, inputs, occasion, place, variables);
    await cache.save(report);
    return EXIT_STATUS[report.outcome];
  } catch (error) {
    annotate("error", error instanceof Error ? error.message : String(error));
    if (error instanceof TypeError || error instanceof RangeError) writeLog(error.stack ?? "");
    setOutputs(null, NO_DOCUMENTS);
    return 2;
  }
}

function check(
  inputs: Inputs,
  occasion: Occasion,
  { environment }: Surroundings,
  { root, paths, pool, configuration }: Place,
): Promise<Report> {
  const { exclude, baseRef, headRef, registries, offline, failOn, allowEmpty } = inputs;
  const { concurrency, timeout, retries } = inputs;
  const base = baseRef ?? occasion.base;
  const isChanged = inputs.mode === "changed" && base !== null;
  if (inputs.mode === "changed" && base === null) {
    writeLog(
      `The event ${occasion.event} has nothing to compare with, and so everything is checked. The input base-ref would say it.`,
    );
  }
  return verifyRepository({
    root,
    environment,
    paths,
    exclude,
    changed: isChanged ? { base, head: headRef } : undefined,
    trustedCommit: occasion.trustedCommit ?? undefined,
    configuration,
    pool,
    registries,
    offline,
    failOn,
    allowEmpty,
    concurrency,
    timeout: timeout === undefined ? undefined : timeout * 1000,
    retries,
  });
}

/** Without a registry nothing is fetched, and there is nothing to keep. */
async function openCache(
  { cache, registries, offline }: Inputs,
  { mayUseCredentials }: Occasion,
  { environment, userPool }: Surroundings,
  { root }: Place,
): Promise<PoolCache> {
  if (!cache || offline === true || !mayUseCredentials) return NO_CACHE;
  try {
    const configuration = await loadConfiguration({ directory: root, environment, registries });
    return configuration.registries.length === 0 ? NO_CACHE : await restorePool(userPool);
  } catch {
    // The check says what is wrong with the configuration, if it is one that counts.
    return NO_CACHE;
  }
}

function whyUnchecked({ coverage, findings }: Report): string {
  if (coverage.files === 0) {
    return "Nothing was checked: there is no Python file to search. Say which with 'paths' or 'working-directory', or that this is right with 'allow-empty'.";
  }
  const why = findings.flatMap(({ code, data }) =>
    code === "unreachable" && "error" in data ? [data.error] : [],
  );
  return `Not everything could be checked, and so this is not green. ${why[0] ?? ""}`.trimEnd();
}
