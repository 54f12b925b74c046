import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as tf from "@tensorflow/tfjs";

/** The files of a layers model. */
export const MODEL_FILES: readonly string[] = ["model.json", "weights.bin"];

/** Writes `model.json` and `weights.bin` into a folder that is there, as `model.save` does with a native addon. */
export async function writeLayersModel(model: tf.LayersModel, folder: string): Promise<void> {
  await model.save({
    async save({ modelTopology, weightSpecs, weightData }) {
      const parts = Array.isArray(weightData) ? weightData : [weightData!];
      writeFileSync(
        join(folder, "weights.bin"),
        Buffer.concat(parts.map((part) => Buffer.from(part))),
      );
      const manifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      const json = { format: "layers-model", modelTopology, weightsManifest: manifest };
      writeFileSync(join(folder, "model.json"), JSON.stringify(json));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    },
  });
}
