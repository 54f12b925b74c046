import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError } from "./divergence-error.js";
import type { Network } from "./network.js";
import type { TrainingState } from "./training-state.js";

/**
 * Checks that weights, models' states and moments are finite: an op that takes a maximum can hide a NaN
 * weight from every loss. Adds each up on the device and reads the sums at once.
 *
 * @throws {DivergenceError} naming the task and layer; for a hypermodule, one that uses it.
 */
export async function checkFinite(
  network: Network,
  state: TrainingState,
  position: { generation: number; step: number },
): Promise<void> {
  const slots = state.optimizer.slots(); // copies: they share their numbers
  try {
    const parts = partsOf(network, state, slots).filter(({ tensor }) => tensor.size > 0);
    if (parts.length === 0) return;
    const sums = tf.tidy(() => tf.stack(parts.map(({ tensor }) => tf.sum(tensor))));
    const values = await sums.data();
    sums.dispose();
    for (const [i, { tensor, place }] of parts.entries()) {
      if (Number.isFinite(values[i])) continue;
      const numbers = await tensor.data();
      const at = numbers.findIndex((number) => !Number.isFinite(number));
      if (at < 0) continue; // large, but each of them finite
      const row = Math.floor(at / (tensor.size / (tensor.shape[0] ?? 1)));
      throw new DivergenceError({ ...place(row), value: numbers[at]!, ...position });
    }
  } finally {
    for (const { firstMoment, secondMoment } of Object.values(slots)) {
      tf.dispose([firstMoment, secondMoment]);
    }
  }
}

interface Part {
  readonly tensor: tf.Tensor;
  /** What a row of it is called. */
  place(row: number): Place;
}

type Place = Pick<ConstructorParameters<typeof DivergenceError>[0], "task" | "quantity"> & {
  readonly layer: string;
};

function partsOf(
  { plan, tasks }: Network,
  { bank, alignment, privates, modelStates }: TrainingState,
  slots: ReturnType<TrainingState["optimizer"]["slots"]>,
): Part[] {
  const locationOf = (module: number) => Math.max(0, alignment.indexOf(module));
  const at = (location: number) => {
    const { model, parameter } = plan.shared.find(
      ({ first, count }) => location >= first && location < first + count,
    )!;
    return { task: model, layer: parameter };
  };
  const ofPrivate = (name: string) => {
    const { model, parameter } = plan.private.find(
      (each) => `${each.model}/${each.parameter}` === name,
    )!;
    return { task: model, layer: parameter };
  };
  /** What a row of a trained parameter, or of its moments, belongs to. */
  const placeIn = (name: string, row: number) => {
    if (name === "modules") return at(locationOf(row));
    if (name === "contexts" || name.startsWith("adapter")) return at(row);
    return name === "softWeights" ? { task: tasks[0]!.name, layer: name } : ofPrivate(name);
  };
  const trained: Record<string, tf.Tensor> = { ...privates, ...bank };
  return [
    ...Object.entries(trained).map(([name, tensor]) => ({
      tensor,
      place: (row: number) => ({
        ...placeIn(name, row),
        quantity: name === "contexts" ? ("context" as const) : ("weight" as const),
      }),
    })),
    ...Object.entries(modelStates).flatMap(([task, state]) =>
      Object.entries(state).map(([layer, tensor]) => ({
        tensor,
        place: () => ({ task, layer, quantity: "state" as const }),
      })),
    ),
    ...Object.entries(slots).flatMap(([name, { firstMoment, secondMoment }]) =>
      [firstMoment, secondMoment].map((tensor) => ({
        tensor,
        place: (row: number) => ({ ...placeIn(name, row), quantity: "moments" as const }),
      })),
    ),
  ];
}
