/** The check of a function, in a module of its own: it is loaded where a function is not known. */
export { inspectFunction } from "@ouverture/core";
