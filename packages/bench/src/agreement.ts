import { type GradientDifference, gradientDifference } from "./gradient-difference.js";
import type { Folder } from "./tensor-folder.js";

/** Losses and gradients of one contender. */
export interface Found {
  readonly losses: readonly number[];
  readonly gradients: Folder;
}

/** How far two contenders' results lie apart. */
export interface Agreement {
  /** The largest difference of a loss, as a share of it. */
  readonly losses: number;
  readonly gradients: GradientDifference;
}

/**
 * What is still equal work, done in float32 in another order. A relu whose input is 0 but for rounding lets a
 * gradient through in one program and not in the other; in millions of them some do, and move a tensor
 * or two by a hundredth. A wrong formula moves at least one by more, or half of them.
 */
const tolerance = { losses: 1e-4, median: 2e-3, largest: 0.05 };

/**
 * How far theirs lie from ours.
 *
 * @throws {Error} if they are not the same up to rounding: then the two do not do the same work.
 */
export function agreementOf(ours: Found, theirs: Found): Agreement {
  if (ours.losses.length !== theirs.losses.length) {
    throw new Error(
      `agreementOf: contenders must have as many losses; got ${ours.losses.length} and ${theirs.losses.length}.`,
    );
  }
  const apart = ours.losses.map((loss, i) => {
    const other = theirs.losses[i]!;
    return Math.abs(loss - other) / Math.max(Math.abs(other), 1e-6);
  });
  const losses = Math.max(...apart);
  const gradients = gradientDifference(ours.gradients, theirs.gradients);
  // written so that NaN does not pass
  const { median, largest, name } = gradients;
  const within =
    losses <= tolerance.losses && median <= tolerance.median && largest <= tolerance.largest;
  if (within) return { losses, gradients };
  throw new Error(
    `agreementOf: losses must agree to ${tolerance.losses}, half of the gradients to ${tolerance.median} and all to ${tolerance.largest}; got ${[losses, median, largest].map((x) => x.toPrecision(2)).join(", ")} (${name}).`,
  );
}
