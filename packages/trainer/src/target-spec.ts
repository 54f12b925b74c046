import type { Shape } from "@muir/decompose";

/** What targets a loss or a metric takes: those of one example. */
export interface TargetSpec {
  readonly shape: Shape;
  /**
   * How many labels there are: targets are int32, from 0 to `classes - 1`. Absent where targets are
   * any numbers.
   */
  readonly classes?: number;
}

/** A number for each output. */
export function numbersFor(outputShape: Shape): TargetSpec {
  return { shape: outputShape };
}

/**
 * A label for each row of logits: outputs `[..., classes]` take labels `[...]`.
 *
 * @throws {RangeError} if outputs have no axis of classes.
 */
export function labelsFor(outputShape: Shape): TargetSpec {
  const classes = outputShape.at(-1);
  if (classes === undefined) {
    throw new RangeError(
      "train: outputs that are compared with labels must be logits, [..., classes]; got [].",
    );
  }
  return { shape: outputShape.slice(0, -1), classes };
}
