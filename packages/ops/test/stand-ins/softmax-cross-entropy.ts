import { SOFTMAX_CROSS_ENTROPY, type SoftmaxCrossEntropyAttributes } from "@muir/ops";
import { type StandIn, zeros } from "./stand-in.js";

/** Row by row, in double precision. */
export const softmaxCrossEntropyKernel: StandIn = {
  name: SOFTMAX_CROSS_ENTROPY,
  compute({ logits, labels }, { groups, gradient }: SoftmaxCrossEntropyAttributes) {
    const [rows, classes] = logits!.shape as [number, number];
    const size = rows / groups;
    const losses = new Float64Array(groups);
    const slopes = zeros(rows, classes);
    for (let row = 0; row < rows; row++) {
      const given = Array.from(logits!.values.subarray(row * classes, (row + 1) * classes));
      const largest = Math.max(...given);
      const powers = given.map((logit) => Math.exp(logit - largest));
      const sum = powers.reduce((a, b) => a + b, 0);
      const label = labels!.values[row]!;
      losses[Math.floor(row / size)]! -= Math.log(powers[label]! / sum) / size;
      powers.forEach((power, i) => {
        slopes.values[row * classes + i] = (power / sum - (i === label ? 1 : 0)) / size;
      });
    }
    const means = { shape: [groups], values: Float32Array.from(losses) };
    return gradient ? [means, slopes] : [means];
  },
};
