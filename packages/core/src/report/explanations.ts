/**
 * What each code of a finding means, why it matters and how it is mended, in full
 * (docs/verify.md, "What is checked"; docs/findings.md is made of it). The sentence of
 * one finding is in message.ts.
 */
import type { FindingCode, Severity } from "../verify/finding.js";

export interface Explanation {
  /** A heading: a few words, without a full stop. */
  readonly title: string;
  /** How severe it is where nothing makes it less so. */
  readonly severity: Severity;
  /** What it means, why it matters, and what to do: each a few sentences. */
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

const RESTORED =
  "Fetch the object again from where it came, or take it from an earlier commit. Do not edit it: " +
  "whatever is changed is another function, with another hash.";

/** In the order of the table in docs/verify.md. */
export const EXPLANATIONS: { readonly [C in FindingCode]: Explanation } = {
  "malformed-import": {
    title: "An import that does not name a whole hash",
    severity: "error",
    what: "A source imports something from the pool that is not the whole hash of a function: an abbreviated hash, some other name, or everything at once with a star.",
    why: "Only a whole hash says which code is meant. An abbreviated one can come to mean another function as soon as one is made whose hash begins with the same digits, and a star means whatever the pool holds on that day. Nothing can be verified of either.",
    todo: "Write 'from ouverture.pool import object_<hash> as name', with all 64 digits. Where a pool knows the function that an abbreviated hash stands for, the finding tells the whole hash: see that it is the function you mean, and copy it.",
  },
  "dynamic-import": {
    title: "An import whose hash is known only when it runs",
    severity: "error",
    what: "A source reaches the pool in a way that does not tell which functions it uses: through importlib or __import__ with a name that is computed, through getattr on the pool, or by handing the pool on as a value.",
    why: "The check can only follow imports that it can read. Whatever such a line imports runs without having been checked, so the promise that every imported function is what its hash says would be broken without a sign.",
    todo: "Import each function by name at the top of the file. Where one of several is to be chosen at run time, import all of them and choose among the names, for example with a dictionary.",
  },
  "unreadable-source": {
    title: "A source that cannot be read",
    severity: "error",
    what: "A file mentions the pool, or could, and cannot be searched for imports: Python would refuse its text, its bytes are not valid in the encoding that it declares, it is too large, or it cannot be opened.",
    why: "A file that cannot be read may import anything. To skip it would turn every damaged file into a place where an import can hide.",
    todo: "Correct the file at the line that the finding tells, save it in UTF-8, or take it out of the repository. A file that is broken on purpose, such as a test's, can be left out with 'verify.exclude' in the configuration.",
  },
  missing: {
    title: "A function that no pool has",
    severity: "error",
    what: "A source imports this function, or a function that it imports does, and neither the repository's pool nor any registry has it. All of them answered.",
    why: "What is not there cannot be checked, and the import fails when the program runs. It is also what one sees when somebody imports a hash that was never published.",
    todo: "If it is a hash with a slip of the pen, correct it. If it is in a registry that is not configured here, add that with 'ouverture remote add' and run 'ouverture pull'. If it was written on your machine, run 'ouverture add' and commit what that writes.",
  },
  unreachable: {
    title: "A function that could not be fetched",
    severity: "error",
    what: "A pool or a registry failed when it was asked for this function, and none of the others has it. Nothing is known of the function: it may be in order.",
    why: "A check that takes a failed network for an answer passes what it has not seen. So this is an error, and if nothing else is wrong the run ends with the status that says that it could not be done.",
    todo: "See what the registry said: the network, the address, the token and its rights. Then run the check again. To be independent of the network, copy the functions into the repository's pool with 'ouverture pull --all' and commit them.",
  },
  "malformed-object": {
    title: "An object that is not one",
    severity: "error",
    what: "In the place of this function there is something else: a file that is not JSON, JSON that does not have the fields of an object, an object that names another hash than it is stored under, or a link or a folder.",
    why: "Such a file cannot be told from one that somebody damaged or planted. What cannot be read in exactly one way is not read at all.",
    todo: RESTORED,
  },
  "hash-mismatch": {
    title: "Code that is not what its hash says",
    severity: "error",
    what: "The text that is stored under this hash has another hash. It is not the function that is imported.",
    why: "This is what the check is for. The program would run code that nobody who chose this hash has seen: because a file was edited, was damaged, or was exchanged on purpose.",
    todo: `${RESTORED} If it came from a registry like this, tell those who run it, and look at what else came from there.`,
  },
  "not-canonical": {
    title: "Code that is not in the normal form",
    severity: "error",
    what: "The text has the hash under which it is stored, and it is not what the normal form of that text would be. A function that is intact and was written by the older Python tool is a warning; everything else is an error.",
    why: "Each function has one normal form, and so one hash. A text that is outside it can hold what the form excludes, such as statements that run at import, and equal functions would have different hashes.",
    todo: "Of a warning: normalize the function again with 'ouverture migrate', and import it by the hash that it then has. Of an error: somebody wrote the object by other means than the tool; write the function to a file and add it with 'ouverture add'.",
  },
  "invalid-mapping": {
    title: "Names that do not fit their function",
    severity: "error",
    what: "A mapping, which gives a function its names and its docstring in one language, is refused: it is not stored under its own hash, lacks fields or names, has a name that Python does not accept, or would make another function of the code.",
    why: "People read a function in the words of a mapping. One that gives 'keep' the place of 'delete', or that smuggles code into a name, would show them something else than what runs.",
    todo: "The function itself is not affected. Fetch the mapping again, take it out of the pool, or write a new one with 'ouverture translate'.",
  },
  "wrong-dependencies": {
    title: "Metadata that lists other imports than the code has",
    severity: "error",
    what: "The metadata of this object lists the functions that it depends on, and the code imports others.",
    why: "Tools that copy or show a function read the list. One that leaves a function out, or adds one, makes them miss code that will run, or fetch code that nobody asked for. The check itself follows the code.",
    todo: `${RESTORED} If you make objects by other means, list what the code imports, sorted, or leave the list empty.`,
  },
  "limit-exceeded": {
    title: "More than the check takes on",
    severity: "error",
    what: "An object is larger or more deeply nested than what is read, or the run came to its limit of depth, number, bytes or time. What lies beyond was not checked.",
    why: "Everything that is read is untrusted. Without limits one object could keep the check from ever ending; and what it did not get to is not verified, so it is an error.",
    todo: "If what you import is in order and simply large, raise the limit under 'verify.limits' in the configuration. An object that is too large itself has to be split into smaller functions.",
  },
  "forbidden-effect": {
    title: "A function that may do what is not allowed here",
    severity: "error",
    what: "The code of this function can do something besides computing its result that this repository denies: run texts as code, start processes, read data that can run code, or look up names that are computed. Network, files and environment are told and allowed, unless the configuration denies them.",
    why: "A hash says which code it is, not that it is harmless. A function that was imported for one thing and starts a program as well is worth a look before it is merged. This reads the code and is no sandbox: code that wants to hide what it does can.",
    todo: "Read the function with 'ouverture show'. Import another one if you do not want this; if you do, exempt this hash under 'verify.exemptions' in the configuration, with a reason and a date, or allow the effect for all under 'verify.effects'.",
  },
  "confusable-name": {
    title: "A name that can be taken for another",
    severity: "warning",
    what: "A name of a mapping, of the code or of an import has characters that show nothing or turn the text round, mixes letters of scripts that have the same shapes, or looks like another name beside it.",
    why: "Whoever reads the code sees another name than Python does. It is how a line can be made to look as if it called one thing and call another.",
    todo: "Write the name again in letters of one script. If it is right as it is, because your language writes it so, the warning does no harm.",
  },
  "registry-fault": {
    title: "A registry that failed or lied",
    severity: "warning",
    what: "A registry failed, gave something else than it was asked for, or a copy of what it gave could not be kept; another source had what was needed, and that was checked.",
    why: "The result of this run stands. But a run on another day, or on another machine, may have only that registry; and one that serves wrong bytes may be broken into.",
    todo: "See what it said, and whether it goes on. Tell those who run it if it gave wrong bytes; take it out of the configuration if you do not need it.",
  },
  "unused-exemption": {
    title: "An exemption that exempts nothing",
    severity: "warning",
    what: "The configuration exempts a function from the policy on effects, and the function does not have those effects, or is no longer imported.",
    why: "An exemption that nobody needs is a door left open for later: whoever imports that function again is not asked.",
    todo: "Take the exemption, or the effects that are not needed, out of 'verify.exemptions'.",
  },
  "expired-exemption": {
    title: "An exemption past its date",
    severity: "error",
    what: "The configuration exempts a function from the policy on effects until a date, and that date has passed. The exemption no longer holds.",
    why: "A date is there so that somebody looks again. An exemption that goes on after it was never one for a time.",
    todo: "Look at the function again. Give the exemption a new date and reason if it is still needed; otherwise import another function and take the exemption out.",
  },
};
