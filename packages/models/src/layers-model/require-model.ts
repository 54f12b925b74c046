import type { LayersModelLike } from "./layers-model-like.js";

/**
 * Checks that something is a LayersModel whose weights exist.
 *
 * @throws {TypeError} with the remedy, if not.
 */
export function requireModel(model: LayersModelLike): void {
  const given = model as Partial<LayersModelLike> | undefined;
  const isBuilt = given?.layers && given.inputs?.length && given.outputs?.length;
  if (isBuilt) return;
  throw new TypeError(
    "fromLayersModel: model must be a tf.LayersModel with layers, inputs and outputs; got " +
      `${given?.layers ? "one without layers: add them first" : "something else. A tf.GraphModel has its weights in its graph and cannot be used"}.`,
  );
}
