/** The layers, opened when one is first asked: where the own pool has all, they are not even loaded. */
import type { Configuration } from "../configuration/configuration.js";
import { deferSource } from "../registry/defer-source.js";
import type { LayeredSource } from "../registry/layered-source.js";
import type { FunctionSource } from "../store.js";
import type { Layers, LayersOptions } from "./open-layers.js";

export interface DeferredLayers {
  /** The user's pool alone. It is the first of all. */
  readonly user: FunctionSource;
  readonly all: FunctionSource & Pick<LayeredSource, "problems">;
}

/** As `openLayers`. */
export function deferLayers(configuration: Configuration, options: LayersOptions): DeferredLayers {
  let opening: Promise<Layers> | undefined;
  let opened: Layers | undefined;

  async function open(): Promise<Layers> {
    const { openLayers } = await import("./open-layers.js");
    opened = openLayers(configuration, options);
    return opened;
  }

  function layers(): Promise<Layers> {
    opening ??= open();
    return opening;
  }

  return {
    user: deferSource("the user's pool", async () => (await layers()).user),
    all: {
      ...deferSource("the pools and registries", async () => (await layers()).all),
      problems: () => opened?.all.problems() ?? [],
    },
  };
}
