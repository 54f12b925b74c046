import { softmaxCrossEntropy } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.js";
import { labelsFor } from "../target-spec.js";

/**
 * The mean over rows of the cross-entropy between softmax(outputs) and int32 labels, in nats.
 *
 * Outputs are logits `[..., classes]` and targets the right class of each row, `[...]`: a class an
 * image, `[batch, classes]` and `[batch]`; or the next word at every step, `[batch, time, vocabulary]`
 * and `[batch, time]`. The logits are read where they are: nothing of their size is made but their
 * gradient, where the backend has the kernel for it (see `@muir/ops`).
 *
 * Throws when a label is no class, on backends whose numbers lie on the host (cpu, wasm).
 */
export const crossEntropy: Loss = {
  name: "crossEntropy",
  targets: labelsFor,
  of: (outputs, targets, tasks) =>
    tf.tidy(() =>
      softmaxCrossEntropy(
        tf.reshape(outputs, [tasks, -1, outputs.shape.at(-1)!]),
        tf.reshape(targets, [tasks, -1]),
      ),
    ),
};
