import type { Batch, NumericArray } from "@muir/data";
import * as tf from "@tensorflow/tfjs-core";

/** A batch as tensors. They belong to the feed that gave them. */
export interface TensorBatch {
  readonly inputs: tf.Tensor;
  readonly targets: tf.Tensor;
  readonly size: number;
  /** Whether each example goes on where the same row of the batch before ended. */
  readonly continues: boolean;
}

/** Turns batches into tensors, and keeps the last ones as long as the same batch comes again. */
export interface Feed {
  /** Valid until the next call. */
  tensors(batch: Batch): TensorBatch;
  dispose(): void;
}

/** A feed of its own for one task and split, so that a batch of a whole split is uploaded once. */
export function createFeed(): Feed {
  let last: { batch: Batch; tensors: TensorBatch } | null = null;
  const dispose = () => {
    if (last) tf.dispose([last.tensors.inputs, last.tensors.targets]);
    last = null;
  };
  return {
    tensors(batch) {
      if (last?.batch !== batch) {
        dispose();
        const tensors = {
          inputs: tf.keep(tensorOf(batch.inputs)),
          targets: tf.keep(tensorOf(batch.targets)),
          size: batch.size,
          continues: batch.continues === true,
        };
        last = { batch, tensors };
      }
      return last.tensors;
    },
    dispose,
  };
}

function tensorOf({ data, shape }: NumericArray): tf.Tensor {
  return tf.tensor(data, [...shape], data instanceof Float32Array ? "float32" : "int32");
}
