/** The outside world as verify needs it: where objects and sources come from. */
import type { DocumentFault } from "../record/object.js";

/**
 * A source of objects by hash. It gives the bytes of object.json; or `undefined`,
 * which is the answer that it has none; or a fault, where something stands in its
 * place that is no object (a link, a device, too much of it). It throws when it
 * fails. What it gives is never believed.
 */
export interface ObjectSource {
  get(hash: string): Promise<Uint8Array | DocumentFault | undefined>;
  /** That it is going to be asked for this function, unless a limit ends the run before. */
  expect?(hash: string): void;
  /** The hashes that it knows and that begin with these digits, to tell a full one. */
  complete?(digits: string): Promise<readonly string[]>;
  /** The mappings that it would give to readers of a function: each is checked. */
  mappings?(hash: string): Promise<readonly MappingBytes[]>;
  /** What failed or lied while another source served; asked at the end of a run. */
  problems?(): readonly SourceProblem[];
}

/** A mapping as it is stored: the bytes of mapping.json, or what stands in its place. */
export interface MappingBytes {
  readonly language: string;
  /** The hash under which it is stored. */
  readonly hash: string;
  /** `undefined` where it is listed and not there. */
  readonly bytes: Uint8Array | DocumentFault | undefined;
}

/** One of several sources failed, gave what is not what it was asked for, or could not keep it. */
export interface SourceProblem {
  /** The name of the source. */
  readonly store: string;
  readonly kind: "failed" | "corrupt" | "not-kept";
  /** What it said, or what was wrong with what it gave. */
  readonly message: string;
  /** The functions that it was asked for; empty where it is about none. */
  readonly hashes: readonly string[];
}

/** Why a file with the name of a source is not searched. */
export type SkipReason = "link" | "not-a-file" | "nested-repository" | "notebook" | "excluded";
/** Why bytes are not the text that Python reads. */
export type DecodingReason =
  | { readonly reason: "unknown-encoding" | "not-in-encoding"; readonly encoding: string }
  | { readonly reason: "too-large"; readonly most: number }
  /** A notebook that is not JSON, or not one whose cells can be read. */
  | { readonly reason: "not-a-notebook" }
  | { readonly reason: "cannot-read"; readonly error: string };

/** A file of the repository. `path` is relative to its root, with `/`. */
export type SourceFile =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  /** The JSON of a Jupyter notebook. */
  | { readonly kind: "notebook"; readonly path: string; readonly text: string }
  /** Searched: the name of the pool is not in it. */
  | { readonly kind: "unrelated"; readonly path: string }
  | { readonly kind: "undecodable"; readonly path: string; readonly why: DecodingReason }
  | { readonly kind: "skipped"; readonly path: string; readonly why: SkipReason };

/** The sources of a repository, in the order of their paths. */
export type SourceFiles = Iterable<SourceFile> | AsyncIterable<SourceFile>;
