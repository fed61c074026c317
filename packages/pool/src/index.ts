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
} from "./configuration.js";
export { ConfigurationError } from "./configuration-fault.js";
export type { RegistrySettings } from "./configuration-registries.js";
export { deferSource } from "./defer-source.js";
export { type DirectoryPool, openDirectoryPool } from "./directory-pool.js";
export { openDirectoryRegistry } from "./directory-registry.js";
export {
  addRegistry,
  type NewRegistry,
  removeRegistry,
  setUserValue,
} from "./edit-configuration.js";
export { findRepository, POOL_FOLDER } from "./find-repository.js";
export { type GitSettings, openGitRegistry } from "./git-registry.js";
export type { ListedFunction, ListOptions } from "./index-list.js";
export type { FunctionStatistics, PoolStatistics } from "./index-statistics.js";
export type { LayerProblem } from "./layer-problems.js";
export { type LayeredOptions, type LayeredSource, openLayeredSource } from "./layered-source.js";
export { listImports } from "./list-imports.js";
export { type Callees, loadCallees, type MissingCallee } from "./load-callees.js";
export { type Environment, type Locations, locate } from "./locations.js";
export { type MigrationSummary, migratePool, type PoolMigrationOptions } from "./migrate-pool.js";
export type { MigrationResult } from "./migration-result.js";
export type { Problem, ProblemCode } from "./pool-problem.js";
export { isStore, openRegistry, type RegistryContext } from "./registry.js";
export type { FieldMatch, SearchHit } from "./search-hits.js";
export {
  compareHits,
  openSearchIndex,
  type SearchIndex,
  type SearchIndexOptions,
  type SearchOptions,
  type SearchResult,
} from "./search-index.js";
export { sourceFiles } from "./source-files.js";
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
} from "./transfer.js";
export {
  type PoolSummary,
  type Validation,
  type ValidationOptions,
  validatePool,
} from "./validate-pool.js";
export { type RepositoryOptions, verifyRepository } from "./verify-repository.js";
