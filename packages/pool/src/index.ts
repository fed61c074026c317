/** The whole public API of @ouverture/pool. */
export {
  type Added,
  type DirectoryPool,
  type FunctionRecord,
  openDirectoryPool,
} from "./directory-pool.js";
export { findRepository, POOL_FOLDER } from "./find-repository.js";
export { sourceFiles } from "./source-files.js";
export { type RepositoryOptions, verifyRepository } from "./verify-repository.js";
