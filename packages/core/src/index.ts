/**
 * The public API of `@ouverture/core`: Python source to a normal form and its hash,
 * and back; what is stored of it; and the checking of what was stored. Pure and
 * synchronous, but for `verify` and `verifyWith`, which await what their ports give. Nothing throws
 * on any input: what is wrong with it is a `Fault` in the `Result`.
 */
export { type BindingUse, bindingUses } from "./canonical/binding-uses.js";
export { denormalize } from "./canonical/denormalize.js";
export type {
  Callee,
  CalleeSource,
  DenormalizeOptions,
  Mapping,
  NormalForm,
  NormalizeOptions,
  Warning,
  WarningCode,
} from "./canonical/form.js";
export { hash, mappingHash } from "./canonical/hash.js";
export { normalize } from "./canonical/normalize.js";
export {
  type MappedFunction,
  type Replacement,
  type ReplacementFinding,
  replaceDependency,
} from "./canonical/replace-dependency.js";
export { MOST_BYTES } from "./record/canonical-json.js";
export { mappingPath, objectPath, objectPathV0 } from "./record/layout.js";
export { decodeMapping, encodeMapping } from "./record/mapping.js";
export {
  type MigratedMapping,
  type Migration,
  type MigrationFinding,
  type MigrationOptions,
  migrate,
} from "./record/migrate.js";
export {
  type DocumentFault,
  decodeObject,
  encodeObject,
  type ObjectMetadata,
  type StoredObject,
} from "./record/object.js";
export { type Rehashed, type Renamed, rehash } from "./record/rehash.js";
export type { CompileReason, Refusal, SyntaxReason } from "./refusal.js";
export { escapeText, quoteName } from "./report/escape.js";
export { escapeLogLine } from "./report/escape-command.js";
export { explainFinding, FINDING_CODES, findingLink, isFindingCode } from "./report/explain.js";
export type { Explanation } from "./report/explanations.js";
export type { Folders } from "./report/finding-text.js";
export {
  type AnnotationOptions,
  renderGithubAnnotations,
  renderGithubLog,
} from "./report/github-annotations.js";
export {
  type CommentOptions,
  githubMarker,
  renderGithubComment,
  renderGithubSummary,
  type SummaryOptions,
} from "./report/github-summary.js";
export { renderJson } from "./report/json.js";
export { faultMessage, findingMessage, type Message } from "./report/message.js";
export { noticeMessage } from "./report/notice-message.js";
export { renderSarif, type SarifOptions } from "./report/sarif.js";
export { type Paint, renderTerminal, type TerminalOptions } from "./report/terminal.js";
export { warningMessage } from "./report/warning-message.js";
export type { Err, Fault, FaultCode, FaultOf, Ok, Result, Span } from "./result.js";
export type * as ast from "./syntax/ast.js";
export { parse } from "./syntax/parse/module.js";
export { unparse } from "./syntax/print/unparse.js";
export { checkMapping } from "./verify/check-mapping.js";
export { type CheckedObject, checkObject, type ObjectFault } from "./verify/check-object.js";
export type { AbortLike, Inspect, Verdict } from "./verify/closure.js";
export { EFFECT_KINDS, type EffectKind } from "./verify/effect-kinds.js";
export { type Effect, findEffects } from "./verify/effects.js";
export type {
  ConfusableKind,
  DynamicForm,
  Finding,
  FindingCode,
  FindingDataByCode,
  FindingDetail,
  FindingLocation,
  ForbiddenEffect,
  Location,
  Severity,
} from "./verify/finding.js";
export type {
  EffectUse,
  FunctionBytes,
  FunctionCheck,
  FunctionDocuments,
} from "./verify/function-check.js";
export { inspectFunction } from "./verify/inspect-function.js";
export { IMPORTER_WORDS, mayJoinPool } from "./verify/joined-name.js";
export {
  type ClosureLimits,
  DEFAULT_LIMITS,
  type RunLimit,
  type RunLimits,
} from "./verify/limits.js";
export { notebookMentionsPool } from "./verify/notebook.js";
export type { Notice, NoticeCode, NoticeDataByCode } from "./verify/notice.js";
export { DEFAULT_POLICY, type Exemption, type Policy } from "./verify/policy.js";
export {
  type DynamicImport,
  type FunctionImport,
  findPoolImports,
  type MalformedImport,
  mentionsPool,
  type PoolImport,
} from "./verify/pool-import.js";
export type {
  DecodingReason,
  MappingBytes,
  ObjectSource,
  SkipReason,
  SourceFile,
  SourceFiles,
  SourceProblem,
} from "./verify/ports.js";
export {
  type Coverage,
  EXIT_STATUS,
  type Report,
  type ReportedEffect,
  type ReportedFunction,
  type ReportedImport,
  type ReportMode,
  type Skipped,
} from "./verify/report.js";
export {
  type LocatedImport,
  type SearchedFile,
  type SearchedSource,
  type SearchSource,
  searchSource,
} from "./verify/search-source.js";
export { verify } from "./verify/verify.js";
export { type VerifyOptions, type VerifyProgress, verifyWith } from "./verify/verify-with.js";
