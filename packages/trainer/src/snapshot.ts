import type { Batches, CursorState } from "@muir/data";
import type { Random, RandomState } from "@muir/random";
import type { SavedState } from "./training-state.js";

/** One state of a training as plain numbers. */
export interface StateNumbers {
  readonly generation: number;
  readonly steps: number;
  readonly alignment: Int32Array;
  /** Steps each optimizer slot was made from, by parameter. */
  readonly optimizerSteps: Readonly<Record<string, number>>;
  /**
   * `bank/modules`, `bank/contexts` and, with adapters, `bank/adapterIn` and `bank/adapterOut`; `private/TASK/PARAMETER`, `state/TASK/NAME`, and for each
   * trained parameter `adam/NAME/first` and `adam/NAME/second`.
   */
  readonly tensors: Readonly<Record<string, SnapshotTensor>>;
}

/** A state, and what is drawn next. */
export interface Snapshot extends StateNumbers {
  readonly random: {
    readonly search: RandomState;
    /** By task name. */
    readonly dropout: Readonly<Record<string, RandomState>>;
  };
  /** By task name. */
  readonly cursors: Readonly<Record<string, CursorState>>;
}

/** One tensor's numbers, row-major. */
export interface SnapshotTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** What of a session is drawn next, and where it stands. */
export interface Drawing {
  readonly random: { readonly search: Random; readonly dropout: Readonly<Record<string, Random>> };
  /** One for each task. */
  readonly cursors: readonly Batches[];
  readonly network: { readonly tasks: readonly { readonly name: string }[] };
}

/**
 * Reads a saved state off the device. Random states and cursors are the session's present ones: to
 * go on from an earlier state takes new batches, not those that followed it once.
 */
export async function snapshotOf(
  { random, cursors, network }: Drawing,
  saved: SavedState,
  position: { generation: number; steps: number },
): Promise<Snapshot> {
  return {
    ...(await numbersOf(saved, position)),
    random: {
      search: random.search.state(),
      dropout: Object.fromEntries(
        Object.entries(random.dropout).map(([name, random]) => [name, random.state()]),
      ),
    },
    cursors: Object.fromEntries(network.tasks.map(({ name }, i) => [name, cursors[i]!.state()])),
  };
}

/** Reads a saved state's numbers off the device. */
export async function numbersOf(
  { alignment, bank, privates, modelStates, slots }: SavedState,
  { generation, steps }: { generation: number; steps: number },
): Promise<StateNumbers> {
  const named = [
    ...(bank ? Object.entries(bank).map(([name, t]) => [`bank/${name}`, t] as const) : []),
    ...Object.entries(privates).map(([name, t]) => [`private/${name}`, t] as const),
    ...Object.entries(modelStates).flatMap(([task, state]) =>
      Object.entries(state).map(([name, t]) => [`state/${task}/${name}`, t] as const),
    ),
    ...Object.entries(slots).flatMap(([name, { firstMoment, secondMoment }]) => [
      [`adam/${name}/first`, firstMoment] as const,
      [`adam/${name}/second`, secondMoment] as const,
    ]),
  ];
  const tensors: Record<string, SnapshotTensor> = {};
  for (const [name, tensor] of named) {
    const data = (await tensor.data()) as Float32Array | Int32Array;
    tensors[name] = { shape: tensor.shape, data: data.slice() };
  }
  return {
    generation,
    steps,
    alignment: alignment.slice(),
    optimizerSteps: Object.fromEntries(
      Object.entries(slots).map(([name, { step }]) => [name, step]),
    ),
    tensors,
  };
}
