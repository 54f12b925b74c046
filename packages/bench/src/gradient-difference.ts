import type { Folder, Numbers } from "./tensor-folder.js";

/**
 * How far two sets of gradients lie apart; of one tensor, the largest difference of an entry as a share
 * of its largest entry.
 */
export interface GradientDifference {
  /** Half of the tensors lie no further apart. */
  readonly median: number;
  readonly largest: number;
  /** The tensor that lies furthest apart. */
  readonly name: string;
}

/**
 * How far two contenders' gradients lie apart. Tensors whose entries are all nearly 0 in both (a bias
 * before a normalization) say nothing and are passed over.
 *
 * @throws {Error} if the two do not name the same tensors, or one's shape differs.
 */
export function gradientDifference(ours: Folder, theirs: Folder): GradientDifference {
  const names = Object.keys(theirs).sort();
  const own = Object.keys(ours).sort();
  if (String(own) !== String(names)) {
    throw new Error(
      `gradientDifference: contenders must train the same tensors; got ${own} and ${names}.`,
    );
  }
  const apart = names.map((name) => {
    const [a, b] = [ours[name], theirs[name]] as [Numbers, Numbers];
    if (String(a.shape) !== String(b.shape)) {
      throw new Error(
        `gradientDifference: "${name}" must have one shape; got [${a.shape}] and [${b.shape}].`,
      );
    }
    return { name, difference: differenceOf(a.values, b.values) };
  });
  // no number is the worst of all
  const rank = ({ difference }: { difference: number }) =>
    Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  apart.sort((a, b) => rank(a) - rank(b) || 0);
  const worst = apart.at(-1) ?? { name: "none", difference: 0 };
  const median = apart[apart.length >> 1]?.difference ?? 0;
  return { median, largest: worst.difference, name: worst.name };
}

function differenceOf(a: Numbers["values"], b: Numbers["values"]): number {
  let scale = 0;
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    scale = Math.max(scale, Math.abs(b[i]!));
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    if (Number.isNaN(a[i]! + b[i]!)) return Number.NaN;
  }
  return scale < 1e-6 && difference < 1e-6 ? 0 : difference / scale;
}
