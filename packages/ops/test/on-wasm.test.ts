import "@tensorflow/tfjs-backend-wasm";
import {
  batchNormalize,
  embed,
  lstmSequence,
  softmaxCrossEntropy,
  symbolConvolutionMax,
} from "@muir/ops";
import { normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { integers } from "./integers.js";

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Each op out of standard ones, and the shapes of what it is differentiable in. */
const ops: Readonly<Record<string, { op: Op; shapes: number[][] }>> = {
  softmaxCrossEntropy: {
    op: (logits) => softmaxCrossEntropy(logits!, integers([2, 5], 3, 1)),
    shapes: [[2, 5, 3]],
  },
  batchNormalize: {
    op: (x, scale, offset) => {
      const options = { scale, offset, activation: "relu" } as never;
      return batchNormalize(x!, options).outputs;
    },
    shapes: [[3, 4, 4, 2], [2], [2]],
  },
  lstmSequence: {
    op: (x, kernel, recurrent, bias, hidden, cell) =>
      lstmSequence(x as tf.Tensor3D, { kernel, recurrent, bias, hidden, cell } as never).outputs,
    shapes: [[4, 2, 3], [3, 20], [5, 20], [20], [2, 5], [2, 5]],
  },
  symbolConvolutionMax: {
    op: (table, bias) =>
      symbolConvolutionMax(integers([3, 9], 4, 1) as tf.Tensor2D, { table, bias } as never),
    shapes: [[3, 4, 6], [6]],
  },
  embed: {
    op: (table) => embed(table as tf.Tensor2D, integers([3, 4], 5, 1)),
    shapes: [[5, 2]],
  },
};

describe("on wasm", () => {
  beforeAll(async () => {
    await startWasm();
    await tf.setBackend("cpu");
  });

  test.each(Object.entries(ops))(
    "%s and its gradients are what they are on cpu",
    async (_, { op, shapes }) => {
      const run = () =>
        valueAndGradients(
          op,
          shapes.map((shape, i) => normal(shape, i + 1)),
          7,
        );
      const expected = run();
      const found = await onWasm(run);
      found.forEach((tensor, i) => {
        expect(tensor).toBeCloseToTensor(expected[i]!, { rtol: 1e-4, atol: 1e-5 });
      });
    },
  );

  test("the gradient of embed is a segment sum where the backend has one", async () => {
    const [kernelName, backendName] = ["UnsortedSegmentSum", "wasm"];
    const original = tf.getKernel(kernelName, backendName);
    if (original != null) tf.unregisterKernel(kernelName, backendName);
    const asked: object[] = [];
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        asked.push({ ...attrs, shape: inputs["x"]!.shape });
        const { kernelFunc } = tf.getKernel("Identity", backendName);
        return kernelFunc({ inputs: { x: inputs["x"]! }, attrs: {}, backend });
      },
    });
    try {
      const tokens = tf.tensor1d([1, 0], "int32");
      await onWasm(() => tf.grad((table) => embed(table as tf.Tensor2D, tokens))(tf.ones([2, 3])));
    } finally {
      tf.unregisterKernel(kernelName, backendName);
      if (original != null) tf.registerKernel(original);
    }
    expect(asked).toEqual([{ numSegments: 2, shape: [2, 3] }]);
  });
});

/** What `run` returns on wasm; goes back to cpu. */
async function onWasm<T>(run: () => T): Promise<T> {
  await tf.setBackend("wasm");
  // what an op saves for its gradient is a copy on wasm, which tests of TensorFlow.js take for a leak
  tf.env().set("IS_TEST", false);
  try {
    return run();
  } finally {
    tf.env().set("IS_TEST", true);
    await tf.setBackend("cpu");
  }
}

/** Starts the backend without the listeners for uncaught errors that it would leave, and without kernels of ours. */
async function startWasm(): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => process.listeners(event as "uncaughtException"));
  await tf.setBackend("wasm");
  events.forEach((event, i) => {
    process.removeAllListeners(event);
    for (const listener of before[i]!) process.on(event, listener);
  });
  for (const { kernelName } of tf.getKernelsForBackend("wasm")) {
    if (kernelName.startsWith("Muir")) tf.unregisterKernel(kernelName, "wasm");
  }
}
