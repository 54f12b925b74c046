import type { Shape } from "@muir/decompose";
import type { Initializer } from "../architecture.js";
import { heNormal } from "../layers/initial.js";
import type { FoundWeight } from "./found-weights.js";
import { shapeOf } from "./layers-model-like.js";

/** An initializer as layers write it into their configuration. */
interface Written {
  readonly className: string;
  readonly config: Readonly<Record<string, number | string | null | undefined>>;
}

/**
 * How a weight starts: as the initializer of its layer has it, or as far as a mean and a standard deviation tell.
 *
 * Of layers that write no initializer into their configuration, weights that are all the same now start
 * there, others as He et al. (2015) have it.
 */
export function initialOf(weight: FoundWeight): Initializer {
  const written = writtenFor(weight);
  const shape = shapeOf(weight.variable);
  return (written && initialBy(written, shape)) ?? guessed(weight, shape);
}

/** `kernel` starts by `kernelInitializer`, `recurrent_kernel` by `recurrentInitializer`. */
function writtenFor({ weight, found }: FoundWeight): Written | undefined {
  const config = found.layer.getConfig();
  const names = [weight, weight.replace(/_kernel$/, "")].map(
    (name) => `${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}Initializer`,
  );
  return names.map((name) => config[name]).find((written) => written?.className !== undefined);
}

function initialBy({ className, config }: Written, shape: Shape): Initializer | undefined {
  const number = (name: string) => Number(config[name]);
  const normal = (standardDeviation: number, mean = 0) =>
    mean === 0 ? { standardDeviation } : { standardDeviation, mean };
  const [fanIn, fanOut] = fansOf(shape);
  switch (className) {
    case "Zeros":
      return { constant: 0 };
    case "Ones":
      return { constant: 1 };
    case "Constant":
      return { constant: number("value") };
    case "RandomNormal":
      return normal(number("stddev"), number("mean"));
    case "TruncatedNormal":
      return normal(truncated * number("stddev"), number("mean"));
    case "RandomUniform":
      return normal(
        (number("maxval") - number("minval")) / Math.sqrt(12),
        (number("maxval") + number("minval")) / 2,
      );
    case "VarianceScaling": {
      const fans = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 };
      const fan = fans[config["mode"] as keyof typeof fans];
      return normal(Math.sqrt(number("scale") / Math.max(1, fan)));
    }
    case "Orthogonal":
      return normal(number("gain") / Math.sqrt(Math.max(size(shape.slice(0, -1)), shape.at(-1)!)));
    case "Identity":
      return normal(number("gain") / Math.sqrt(shape[0]!));
    default:
      return undefined; // one of the user's own
  }
}

/** Standard deviation of a standard normal that is cut off at two. */
const truncated = 0.87962566;

/** Numbers that one output depends on, and outputs that depend on one number, as TensorFlow.js counts them. */
function fansOf(shape: Shape): [fanIn: number, fanOut: number] {
  if (shape.length < 2) return [Math.sqrt(size(shape)), Math.sqrt(size(shape))];
  const [inputs, outputs] = shape.slice(-2);
  const positions = size(shape.slice(0, -2));
  return [positions * inputs!, positions * outputs!];
}

function guessed({ variable }: FoundWeight, shape: Shape): Initializer {
  const values = variable.read().dataSync();
  const first = values[0]!;
  return values.every((value) => value === first)
    ? { constant: first }
    : heNormal(fansOf(shape)[0]);
}

const size = (shape: Shape) => shape.reduce((product, side) => product * side, 1);
