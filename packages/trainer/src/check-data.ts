import type { Batch, Dataset, NumericArray, Splits } from "@muir/data";
import { isLossMetric } from "./metric.js";
import type { TargetSpec } from "./target-spec.js";
import type { Task } from "./task.js";

/** Checks that a task's splits fit its architecture, loss and metric; see {@link checkTasks}. */
export function checkData(task: Task): void {
  for (const split of Object.keys(task.splits) as (keyof Splits)[]) {
    checkDeclared(task, split);
    if (split !== "test") checkExample(task, split);
  }
}

/** What a dataset says of itself. */
function checkDeclared(task: Task, split: keyof Splits): void {
  const { architecture } = task;
  const data = task.splits[split];
  const declared = `as its architecture "${architecture.name}" declares`;
  const where = placeOf(task, split);
  const { tasks, inputShape, symbols = Infinity } = architecture;
  if (data.tasks !== tasks) {
    throw new RangeError(
      `train: tasks of ${where} must be ${tasks}, ${declared}; got ${data.tasks}.`,
    );
  }
  if (!same(data.inputShape, inputShape)) {
    throw new RangeError(
      `train: inputs of ${where} must be [${inputShape}], ${declared}; got [${data.inputShape}].`,
    );
  }
  if ((data.symbols ?? 0) > symbols) {
    throw new RangeError(
      `train: inputs of ${where} must be symbols from 0 to ${symbols - 1}, ${declared}; got ${data.symbols} different ones.`,
    );
  }
  for (const { who, shape, classes = Infinity } of takersOf(task)) {
    if (!same(data.targetShape, shape)) {
      throw new RangeError(
        `train: targets of ${where} must be [${shape}], as ${who} takes them for outputs [${architecture.outputShape}]; got [${data.targetShape}].`,
      );
    }
    if ((data.classes ?? 0) > classes) {
      throw new RangeError(
        `train: targets of ${where} must be labels from 0 to ${classes - 1}, as ${who} takes them for outputs [${architecture.outputShape}]; got ${data.classes} different ones.`,
      );
    }
  }
  checkSize(data, where);
}

function checkSize({ size, streams = 1 }: Dataset, where: string): void {
  if (size < 1) throw new RangeError(`train: ${where} must hold an example; got 0.`);
  if (size % streams === 0) return;
  throw new RangeError(
    `train: ${where} must hold whole windows of its ${streams} streams, or the last batch would be smaller than the state; got ${size} examples.`,
  );
}

/** What a dataset really gives. */
function checkExample(task: Task, split: keyof Splits): void {
  const { architecture, splits } = task;
  const where = placeOf(task, split);
  const batch = splits[split].batch(Int32Array.of(0));
  const lead = architecture.tasks > 1 ? [architecture.tasks, 1] : [1];
  for (const part of ["inputs", "targets"] as const) {
    const expected = [...lead, ...splits[split][part === "inputs" ? "inputShape" : "targetShape"]];
    if (same(batch[part].shape, expected)) continue;
    throw new RangeError(
      `train: a batch of one example of ${where} must have ${part} [${expected}], as the dataset declares; got [${batch[part].shape}].`,
    );
  }
  checkTypes(task, { batch, where });
}

function checkTypes(task: Task, { batch, where }: { batch: Batch; where: string }): void {
  const { architecture } = task;
  if (architecture.symbols !== undefined && !isWhole(batch.inputs)) {
    throw new TypeError(
      `train: inputs of ${where} must be symbols, an Int32Array or Uint8Array, as its architecture "${architecture.name}" declares; got a Float32Array.`,
    );
  }
  for (const { who, classes } of takersOf(task)) {
    if (classes === undefined || isWhole(batch.targets)) continue;
    throw new TypeError(
      `train: targets of ${where} must be labels, an Int32Array or Uint8Array, as ${who} takes them; got a Float32Array.`,
    );
  }
}

/** Who takes targets, and which. */
function takersOf({ architecture, loss, metric }: Task): (TargetSpec & { readonly who: string })[] {
  const ofLoss = { who: `its loss "${loss.name}"`, ...loss.targets(architecture.outputShape) };
  if (isLossMetric(metric)) return [ofLoss];
  const { outputShape } = architecture;
  return [ofLoss, { who: `its metric "${metric.name}"`, ...metric.targets(outputShape) }];
}

const placeOf = ({ name }: Task, split: keyof Splits) => `the ${split} split of task "${name}"`;

const same = (a: readonly number[], b: readonly number[]) => `[${a}]` === `[${b}]`;

const isWhole = ({ data }: NumericArray) => !(data instanceof Float32Array);
