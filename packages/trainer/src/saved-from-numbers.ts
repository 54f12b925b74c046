import type { Bank } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import type { AdamSlot } from "./adam-slot.js";
import type { Network } from "./network.js";
import type { SnapshotTensor, StateNumbers } from "./snapshot.js";
import type { SavedState } from "./training-state.js";

/** The state that {@link numbersOf} read; the numbers were checked. The caller disposes it. */
export function savedFromNumbers({ tasks, plan }: Network, numbers: StateNumbers): SavedState {
  const { tensors, optimizerSteps, alignment } = numbers;
  const at = (name: string) => tensorOf(tensors[name]!);
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.keys(tensors)
        .filter((name) => name.startsWith(prefix))
        .map((name) => [name.slice(prefix.length), at(name)]),
    );
  return {
    alignment: alignment.slice(),
    bank: plan.locations === 0 ? null : (under("bank/") as unknown as Bank),
    privates: under("private/"),
    modelStates: modelStates(tasks, tensors),
    slots: Object.fromEntries(
      Object.entries(optimizerSteps).map(([name, step]): [string, AdamSlot] => [
        name,
        { firstMoment: at(`adam/${name}/first`), secondMoment: at(`adam/${name}/second`), step },
      ]),
    ),
  };
}

function modelStates(tasks: Network["tasks"], tensors: StateNumbers["tensors"]) {
  return Object.fromEntries(
    tasks.map(({ name, architecture, batchSize }) => {
      const first = tf.tidy(() => Object.keys(architecture.initialState?.(batchSize) ?? {}));
      const named = first.map((key) => [key, tensorOf(tensors[`state/${name}/${key}`]!)]);
      return [name, Object.fromEntries(named)];
    }),
  );
}

/** Of numbers of its own: some backends would go on using the array. */
function tensorOf({ shape, data }: SnapshotTensor): tf.Tensor {
  return tf.tensor(data.slice(), [...shape], data instanceof Int32Array ? "int32" : "float32");
}
