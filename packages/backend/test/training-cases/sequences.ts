import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "./cross-entropy.js";
import type { TrainingCase } from "./training-case.js";

/** Two LSTM layers over three steps, dropout between them, and a softmax tied to the embedding. */
export const recurrent: TrainingCase = {
  name: "stacked LSTM of 3 steps, tied embedding",
  prepare(drawing) {
    const [streams, units, words] = [6, 16, 40];
    const tokens = [0, 1, 2].map(() => drawing.integers([streams], words) as tf.Tensor1D);
    const next = [0, 1, 2].map(() => drawing.integers([streams], words));
    const kept = drawing.integers([streams, units], 2); // dropout by half
    const layer = (name: string) => ({
      [`${name}.kernel`]: drawing.normal([units, 4 * units], 0.25),
      [`${name}.recurrent`]: drawing.normal([units, 4 * units], 0.25),
      [`${name}.bias`]: drawing.normal([4 * units], 0.25),
    });
    return {
      parameters: {
        embedding: drawing.normal([words, units], 0.5),
        ...layer("first"),
        ...layer("second"),
        bias: drawing.normal([words], 0.5),
      },
      loss(weights) {
        const embedding = weights["embedding"] as tf.Tensor2D;
        const zero = tf.zeros([streams, units]);
        let [first, second]: LstmState[] = [
          { hidden: zero, cell: zero },
          { hidden: zero, cell: zero },
        ];
        const losses = tokens.map((token, step) => {
          first = lstmStep(tf.gather(embedding, token), first!, weights, "first");
          const dropped = tf.mul(first.hidden, tf.mul(tf.cast(kept, "float32"), 2));
          second = lstmStep(dropped, second!, weights, "second");
          const logits = tf.matMul(second.hidden as tf.Tensor2D, embedding, false, true);
          return crossEntropy(tf.add(logits, weights["bias"]!), next[step]!);
        });
        return tf.mean(tf.stack(losses));
      },
    };
  },
};

interface LstmState {
  readonly hidden: tf.Tensor;
  readonly cell: tf.Tensor;
}

function lstmStep(
  x: tf.Tensor,
  { hidden, cell }: LstmState,
  weights: Readonly<Record<string, tf.Tensor>>,
  layer: string,
): LstmState {
  const sums = tf.add(
    tf.matMul(x as tf.Tensor2D, weights[`${layer}.kernel`] as tf.Tensor2D),
    tf.matMul(hidden as tf.Tensor2D, weights[`${layer}.recurrent`] as tf.Tensor2D),
  );
  const parts = tf.split(tf.add(sums, weights[`${layer}.bias`]!), 4, 1);
  const [input, forget, change, output] = parts as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const kept = tf.mul(tf.sigmoid(forget), cell);
  const next = tf.add(kept, tf.mul(tf.sigmoid(input), tf.tanh(change)));
  return { hidden: tf.mul(tf.sigmoid(output), tf.tanh(next)), cell: next };
}

/** DeepBind in small: symbols embedded, a convolution along the sequence, its maximum, dense layers. */
export const motifs: TrainingCase = {
  name: "embedding, convolution along a sequence, global max",
  prepare(drawing) {
    const symbols = drawing.integers([4, 30], 5) as tf.Tensor2D;
    const targets = drawing.normal([4, 1]);
    return {
      parameters: {
        embedding: drawing.normal([5, 16]),
        filters: drawing.normal([8, 16, 32], 0.1),
        bias: drawing.normal([32], 0.1),
        first: drawing.normal([32, 16], 0.3),
        second: drawing.normal([16, 1], 0.3),
      },
      loss({ embedding, filters, bias, first, second }) {
        const x = tf.gather(embedding!, symbols) as tf.Tensor3D;
        const found = tf.conv1d(x, filters as tf.Tensor3D, 1, "valid");
        const most = tf.max(tf.relu(tf.add(found, bias!)), 1) as tf.Tensor2D;
        const hidden = tf.relu(tf.matMul(most, first as tf.Tensor2D)) as tf.Tensor2D;
        return tf.losses.meanSquaredError(targets, tf.matMul(hidden, second as tf.Tensor2D));
      },
    };
  },
};
