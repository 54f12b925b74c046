import { type Bank, blocksGradient, generateBlocks } from "@muir/hypermodule";
import type { Adam } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import type { Folder } from "../tensor-folder.js";
import { bankTensors } from "./bank-tensors.js";
import type { CaseTraining } from "./case-training.js";
import { readAndDispose, tensorNamed } from "./folder-tensors.js";

/**
 * The generator alone: all blocks forward, a given gradient of them backward, Adam. The loss is the sum
 * of the blocks times that gradient.
 */
export function generationTraining(folder: Folder, optimizer: Adam): CaseTraining {
  const { bank, softWeights, candidates } = bankTensors(folder);
  const gradient = tensorNamed(folder, "blocksGradient") as tf.Tensor3D;
  let trained: Record<string, tf.Tensor> = { ...bank, softWeights };

  function backward() {
    const { softWeights, ...modules } = trained as unknown as Bank & { softWeights: tf.Tensor2D };
    const blocks = generateBlocks(modules, candidates, softWeights);
    const gradients = { ...blocksGradient(modules, candidates, { softWeights, gradient }) };
    return { blocks, gradients: gradients as Record<string, tf.Tensor> };
  }

  async function lossOf(blocks: tf.Tensor): Promise<number[]> {
    const loss = tf.tidy(() => tf.sum(tf.mul(blocks, gradient)));
    const [value] = await loss.data();
    tf.dispose([loss, blocks]);
    return [value!];
  }

  return {
    async gradients() {
      const { blocks, gradients } = backward();
      return { losses: await lossOf(blocks), gradients: await readAndDispose(gradients) };
    },
    async step() {
      const start = performance.now();
      const { blocks, gradients } = backward();
      const next = optimizer.step(trained, gradients);
      const milliseconds = performance.now() - start;
      tf.dispose([trained, gradients]);
      trained = next;
      return { milliseconds, losses: await lossOf(blocks) };
    },
    dispose() {
      tf.dispose([trained, gradient]);
      optimizer.dispose();
    },
  };
}
