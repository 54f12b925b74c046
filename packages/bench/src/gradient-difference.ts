import type { Folder, Numbers } from "./tensor-folder.js";

/** Where two sets of gradients differ most. */
export interface GradientDifference {
  /** The largest difference of a tensor's entries as a share of its largest entry. */
  readonly largest: number;
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
  let worst: GradientDifference = { largest: 0, name: "none" };
  for (const name of names) {
    const [a, b] = [ours[name], theirs[name]] as [Numbers, Numbers];
    if (String(a.shape) !== String(b.shape)) {
      throw new Error(
        `gradientDifference: "${name}" must have one shape; got [${a.shape}] and [${b.shape}].`,
      );
    }
    const largest = differenceOf(a.values, b.values);
    if (!(largest <= worst.largest)) worst = { largest, name };
  }
  return worst;
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
