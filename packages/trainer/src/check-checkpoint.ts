import * as tf from "@tensorflow/tfjs-core";
import type { MidwayNumbers } from "./midway-numbers.js";
import { moduleCount, type Network, privateName } from "./network.js";
import { PHASES } from "./phases.js";
import type { SnapshotTensor, StateNumbers } from "./snapshot.js";
import type { TrainingCheckpoint } from "./training-checkpoint.js";

/**
 * Checks that a checkpoint holds what a training of `network` needs, and nothing else, before any tensor
 * is made of it.
 *
 * @throws {RangeError} naming what is missing or does not fit.
 */
export function checkCheckpoint(network: Network, checkpoint: TrainingCheckpoint): void {
  const { phase, latest, best, midway } = checkpoint;
  checkState(network, latest, "latest");
  if (best) checkState(network, best, "best");
  if (midway) checkMidway(network, midway);
  const known = PHASES.includes(phase.name) && isCount(phase.start);
  if (!known || phase.start > latest.generation) {
    refuse("phase", "a phase that began in a generation that was done", JSON.stringify(phase));
  }
  if ((best === null) !== (latest.generation === 0)) {
    refuse("best", "a state once a generation was done", best === null ? "none" : "one");
  }
  if (best && (best.generation > latest.generation || !Number.isFinite(best.validationLoss))) {
    refuse("best", "an earlier state with a loss", `generation ${best.generation}`);
  }
  for (const { name } of network.tasks) {
    if (latest.random?.dropout?.[name] === undefined || latest.cursors?.[name] === undefined) {
      refuse("latest", `the random state and cursor of task "${name}"`, "none");
    }
  }
}

function checkState(network: Network, state: StateNumbers, which: string): void {
  const { generation, steps, alignment, tensors, optimizerSteps } = state;
  const { stepsPerGeneration } = network.settings;
  if (!isCount(generation) || steps !== generation * stepsPerGeneration) {
    refuse(`${which}.steps`, `${stepsPerGeneration} a generation`, `${steps} in ${generation}`);
  }
  const { locations } = network.plan;
  const modules = locations === 0 ? 0 : moduleCount(network);
  const isModule = (module: number) => Number.isInteger(module) && module >= 0 && module < modules;
  if (alignment.length !== locations || !alignment.every(isModule)) {
    refuse(`${which}.alignment`, `${locations} of ${modules} modules`, `${alignment.length}`);
  }
  const expected = { ...stateShapes(network), ...momentShapes(network, optimizerSteps, which) };
  for (const [name, shape] of Object.entries(expected)) {
    const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (tensor && fits(tensor, shape)) continue;
    const got = tensor ? `[${tensor.shape}], ${tensor.data.length} numbers` : "none";
    refuse(`${which}.tensors["${name}"]`, `of shape [${shape.map((n) => n ?? "any")}]`, got);
  }
  const stray = Object.keys(tensors).find((name) => !Object.hasOwn(expected, name));
  if (stray !== undefined) refuse(`${which}.tensors`, "of this training", `"${stray}"`);
}

function checkMidway(network: Network, midway: MidwayNumbers): void {
  const { step, milliseconds, competition, losses } = midway;
  const { stepsPerGeneration, lambda } = network.settings;
  if (!isCount(step) || step >= stepsPerGeneration || !(milliseconds >= 0)) {
    refuse("midway.step", `below the ${stepsPerGeneration} of a generation`, String(step));
  }
  for (const { name, architecture } of network.tasks) {
    const count = Object.hasOwn(losses, name) ? losses[name]!.length : 0;
    if (count !== step * architecture.tasks) {
      refuse(`midway.losses["${name}"]`, `${step * architecture.tasks} numbers`, String(count));
    }
  }
  if (competition === null) return;
  const { locations, challengers, softWeights } = competition;
  const modules = moduleCount(network);
  const ascending = locations.every((l, i) => l >= 0 && (i === 0 || l > locations[i - 1]!));
  const known = (locations.at(-1) ?? 0) < network.plan.locations;
  const areModules = challengers.every((module) => module >= 0 && module < modules);
  const whole = challengers.length === locations.length * lambda;
  if (!ascending || !known || !areModules || !whole) {
    refuse("midway.competition", "challengers of locations", `${locations.length} locations`);
  }
  if (!fits(softWeights, [locations.length, lambda + 1])) {
    refuse("midway.softWeights", "numbers of all candidates", `[${softWeights.shape}]`);
  }
}

/** Sizes of axes; null for any. */
type Sizes = readonly (number | null)[];

function stateShapes(network: Network): Record<string, Sizes> {
  const { plan, settings, tasks } = network;
  const { contextSize, block, adapterRank } = settings;
  const shapes: Record<string, Sizes> = {};
  if (plan.locations > 0) {
    shapes["bank/modules"] = [moduleCount(network), Math.max(contextSize, 1), ...block];
    shapes["bank/contexts"] = [plan.locations, contextSize];
    if (adapterRank > 0) {
      shapes["bank/adapterIn"] = [plan.locations, block[0], adapterRank];
      shapes["bank/adapterOut"] = [plan.locations, adapterRank, block[1]];
    }
  }
  for (const { model, parameter, shape } of plan.private) {
    shapes[`private/${privateName(model, parameter)}`] = shape;
  }
  for (const { name, architecture, batchSize } of tasks) {
    const first = architecture.initialState?.(batchSize) ?? {};
    for (const [key, { shape }] of Object.entries(first)) {
      // a stream's state is as wide as its last batch
      const streamed = architecture.streamed?.includes(key);
      shapes[`state/${name}/${key}`] = streamed ? shape.map(() => null) : shape;
    }
    tf.dispose(first as tf.NamedTensorMap);
  }
  return shapes;
}

function momentShapes(
  network: Network,
  optimizerSteps: Readonly<Record<string, number>>,
  which: string,
): Record<string, Sizes> {
  const states = stateShapes(network);
  const shapes: Record<string, Sizes> = {};
  for (const [name, step] of Object.entries(optimizerSteps)) {
    const shape =
      name === "softWeights"
        ? [null, network.settings.lambda + 1]
        : (states[`bank/${name}`] ?? states[`private/${name}`]);
    if (shape === undefined || !isCount(step)) {
      refuse(`${which}.optimizerSteps`, "counts of trained parameters", `"${name}": ${step}`);
    }
    shapes[`adam/${name}/first`] = shape;
    shapes[`adam/${name}/second`] = shape;
  }
  return shapes;
}

function fits({ shape, data }: SnapshotTensor, expected: Sizes): boolean {
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (shape.length !== expected.length || data.length !== size) return false;
  return shape.every((axis, i) => expected[i] === null || axis === expected[i]);
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

function refuse(what: string, must: string, got: string): never {
  throw new RangeError(
    `createTraining: ${what} of the checkpoint must be ${must}; got ${got}. Use a whole checkpoint.`,
  );
}
