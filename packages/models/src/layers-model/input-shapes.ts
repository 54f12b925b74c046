import type { Shape } from "@muir/decompose";
import { type JoinedPart, layOut } from "./joined-parts.js";
import type { LayersModelLike, SymbolicTensorLike } from "./layers-model-like.js";
import { nearestName } from "./nearest-name.js";

/** Shape of one example's input, or of each of several by its name. */
export type InputShapes = Shape | Readonly<Record<string, Shape>>;

/**
 * The inputs of a model, with every size known.
 *
 * @throws {RangeError} if a size is open and not given, what is given is no shape for that input, or its name
 *   is no input's.
 */
export function inputParts(
  model: LayersModelLike,
  given: InputShapes | undefined,
): readonly JoinedPart[] {
  const shapes: Readonly<Record<string, Shape>> = Array.isArray(given)
    ? { [model.inputNames[0]!]: given as Shape }
    : ((given ?? {}) as Readonly<Record<string, Shape>>);
  const stray = Object.keys(shapes).find((name) => !model.inputNames.includes(name));
  if (stray !== undefined) {
    throw new RangeError(
      `fromLayersModel: inputShape must name inputs of "${model.name}"; got "${stray}"${nearestName(stray, model.inputNames)}`,
    );
  }
  return layOut(
    model.inputs.map((input, i) => {
      const name = model.inputNames[i]!;
      const declared = input.shape.slice(1);
      const shape = shapes[name] ?? declared;
      const fits =
        shape.length === declared.length &&
        shape.every((size, axis) => isSize(size) && (declared[axis] ?? size) === size);
      if (!fits) {
        throw new RangeError(
          `fromLayersModel: input "${name}" of "${model.name}" must have a shape that fits [${written(declared)}], each size a positive integer; got [${written(shape)}]. Give it in inputShape.`,
        );
      }
      return { name, shape: shape as Shape, dtype: input.dtype };
    }),
  );
}

/** The outputs of a model for inputs of these shapes. */
export function outputParts(
  model: LayersModelLike,
  inputs: readonly JoinedPart[],
): readonly JoinedPart[] {
  const batched = inputs.map(({ shape }) => [1, ...shape]);
  const found = model.computeOutputShape(batched.length === 1 ? batched[0] : batched);
  const shapes = (Array.isArray(found[0]) ? found : [found]) as number[][];
  return layOut(
    model.outputs.map(({ dtype }, i) => ({
      name: model.outputNames[i]!,
      shape: shapes[i]!.slice(1),
      dtype,
    })),
  );
}

/** How many symbols a model knows whose only input goes to embeddings alone; undefined for others. */
export function symbolsOf({ inputs }: LayersModelLike): number | undefined {
  if (inputs.length !== 1) return undefined;
  const readers = readersOf(inputs[0]!);
  if (readers.length === 0 || readers.some((layer) => layer.getClassName() !== "Embedding")) {
    return undefined;
  }
  return Math.min(...readers.map((layer) => layer.getConfig()["inputDim"] as number));
}

const readersOf = ({ sourceLayer }: SymbolicTensorLike) =>
  sourceLayer.outboundNodes.map(({ outboundLayer }) => outboundLayer);

const isSize = (size: number | null) => Number.isInteger(size) && size! > 0;

const written = (shape: readonly (number | null)[]) => shape.map((size) => size ?? "any");
