/** The whole public API of @ouverture/pool. */
export { readFunction, readMapping, readMappings } from "./checked-reading.js";
export {
  type Choice,
  type ChosenMapping,
  chooseMapping,
  listLanguages,
  type RejectedMapping,
} from "./choose-mapping.js";
export {
  type Configuration,
  type ConfigurationOptions,
  loadConfiguration,
  type UserSettings,
} from "./configuration/configuration.js";
export { ConfigurationError } from "./configuration/configuration-fault.js";
export type { RegistrySettings } from "./configuration/configuration-registries.js";
export type { PlacedExemption, VerifySettings } from "./configuration/configuration-settings.js";
export {
  addRegistry,
  type NewRegistry,
  removeRegistry,
  setUserValue,
} from "./configuration/edit-configuration.js";
export { type Environment, type Locations, locate } from "./configuration/locations.js";
export { type ReplaceOptions, replaceFile } from "./configuration/replace-file.js";
export { type DirectoryPool, openDirectoryPool } from "./directory/directory-pool.js";
export { type LineRange, readChangedLines } from "./git/changed-lines.js";
export { type GitSettings, openGitRegistry } from "./git/git-registry.js";
export { RepositoryError } from "./git/git-repository.js";
export { askGit } from "./hooks/ask-git.js";
export { findHooks, HOOK_NAMES, type Hook, type HookName, readHook } from "./hooks/find-hooks.js";
export { findWorkflow, WORKFLOW_FOLDER } from "./hooks/find-workflow.js";
export { addHookLines, type HookLines, removeHookLines, runsCheck } from "./hooks/hook-lines.js";
export { type Callees, loadCallees, type MissingCallee } from "./load-callees.js";
export {
  type MigrationSummary,
  migratePool,
  type PoolMigrationOptions,
} from "./migrate/migrate-pool.js";
export type { MigrationResult } from "./migrate/migration-result.js";
export { useCodeCache } from "./process/code-cache.js";
export { bad, type Check, good, warning } from "./process/doctor-check.js";
export { paintFor } from "./process/paint.js";
export { deferSource } from "./registry/defer-source.js";
export { openDirectoryRegistry } from "./registry/directory-registry.js";
export type { LayerProblem } from "./registry/layer-problems.js";
export {
  type LayeredOptions,
  type LayeredSource,
  openLayeredSource,
} from "./registry/layered-source.js";
export { isStore, openRegistry, type RegistryContext } from "./registry/registry.js";
export type { ListedFunction, ListOptions } from "./search/index-list.js";
export type { FunctionStatistics, PoolStatistics } from "./search/index-statistics.js";
export type { FieldMatch, SearchHit } from "./search/search-hits.js";
export {
  compareHits,
  openSearchIndex,
  type SearchIndex,
  type SearchIndexOptions,
  type SearchOptions,
  type SearchResult,
} from "./search/search-index.js";
export type { TextRange } from "./search/search-match.js";
export { findRepository, POOL_FOLDER } from "./sources/find-repository.js";
export { listImports } from "./sources/list-imports.js";
export { sourceFiles } from "./sources/source-files.js";
export {
  type Added,
  type FunctionRecord,
  type FunctionSource,
  type FunctionStore,
  type LanguageMapping,
  type MappingReference,
  type Refused,
  StoreError,
} from "./store.js";
export {
  pullClosure,
  pushClosure,
  type TransferOptions,
  type TransferProgress,
  type TransferRefusal,
  type Transferred,
} from "./transfer/transfer.js";
export type { Problem, ProblemCode } from "./validate/pool-problem.js";
export {
  type PoolSummary,
  type Validation,
  type ValidationOptions,
  validatePool,
} from "./validate/validate-pool.js";
export type { RepositoryOptions } from "./verify/repository-options.js";
export { verifyRepository } from "./verify-repository.js";
