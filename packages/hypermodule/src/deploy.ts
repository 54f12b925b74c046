import * as tf from "@tensorflow/tfjs-core";
import { adaptersOf } from "./adapters.js";
import { type Bank, bankSizes, checkBank, disposeBank } from "./bank.js";
import { checkCandidates, settled } from "./candidates.js";
import { generateBlocks } from "./generate-blocks.js";
import { moduleUses } from "./module-uses.js";
import { isKept } from "./parameter-count.js";

/**
 * A trained bank in its smallest form: hypermodules that pay for themselves, and plain blocks for
 * the rest. It holds `deployedParameters(alignment, sizes)` trainable numbers: blocks are kept whole, with
 * what lies past the edges of matrices.
 */
export interface Deployment {
  /** The kept modules and, for each location that uses one, a context and any adapters. Absent if none is kept. */
  readonly bank?: Bank;
  /** The kept module of each row of the bank's contexts. */
  readonly alignment: Int32Array;
  /** The location of each row of the bank's contexts, ascending. */
  readonly generatedLocations: Int32Array;
  /** Blocks stored as they are, `[plainLocations.length, m, n]`. Absent if there are none. */
  readonly blocks?: tf.Tensor3D;
  /** Their locations, ascending. */
  readonly plainLocations: Int32Array;
}

/**
 * Splits a trained bank into the modules worth keeping and plain blocks.
 *
 * @param alignment the module of each location, `[L]`.
 * @returns new tensors; free them with {@link disposeDeployment}.
 * @throws {RangeError} if the alignment does not fit the bank.
 */
export function deploy(bank: Bank, alignment: Int32Array): Deployment {
  checkBank(bank, alignment.length, "deploy");
  const sizes = bankSizes(bank);
  checkCandidates(settled(alignment), sizes.modules, "deploy");
  const uses = moduleUses(alignment, sizes.modules);
  const keptModules = indicesWhere(uses, (used) => isKept(used, sizes));
  const newIndex = new Int32Array(sizes.modules).fill(-1);
  keptModules.forEach((module, index) => {
    newIndex[module] = index;
  });
  const generatedLocations = indicesWhere(alignment, (module) => newIndex[module]! >= 0);
  const plainLocations = indicesWhere(alignment, (module) => newIndex[module]! < 0);
  const adapters = adaptersOf(bank);
  return {
    alignment: generatedLocations.map((l) => newIndex[alignment[l]!]!),
    generatedLocations,
    plainLocations,
    ...(keptModules.length > 0 && {
      bank: {
        modules: rowsOf(bank.modules, keptModules),
        contexts: rowsOf(bank.contexts, generatedLocations),
        ...(adapters && {
          adapterIn: rowsOf(adapters.adapterIn, generatedLocations),
          adapterOut: rowsOf(adapters.adapterOut, generatedLocations),
        }),
      },
    }),
    ...(plainLocations.length > 0 && {
      blocks: tf.tidy(() => rowsOf(generateBlocks(bank, settled(alignment)), plainLocations)),
    }),
  };
}

/** All blocks of a deployment, `[L, m, n]`: the same that its bank generated before. */
export function deployedBlocks(deployment: Deployment): tf.Tensor3D {
  const { bank, blocks, alignment, generatedLocations, plainLocations } = deployment;
  return tf.tidy(() => {
    const parts = [
      ...(bank ? [generateBlocks(bank, settled(alignment))] : []),
      ...(blocks ? [blocks] : []),
    ];
    const place = new Int32Array(generatedLocations.length + plainLocations.length);
    [...generatedLocations, ...plainLocations].forEach((location, row) => {
      place[location] = row;
    });
    return rowsOf(tf.concat(parts), place);
  });
}

/** Frees a deployment's tensors. */
export function disposeDeployment({ bank, blocks }: Deployment): void {
  if (bank) disposeBank(bank);
  blocks?.dispose();
}

function indicesWhere(values: Int32Array, holds: (value: number) => boolean): Int32Array {
  const indices: number[] = [];
  values.forEach((value, index) => {
    if (holds(value)) indices.push(index);
  });
  return Int32Array.from(indices);
}

function rowsOf<T extends tf.Tensor>(tensor: T, rows: Int32Array): T {
  return tf.tidy(() => tf.gather(tensor, tf.tensor1d(rows, "int32")));
}
