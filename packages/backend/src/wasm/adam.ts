import * as tf from "@tensorflow/tfjs-core";
import type { AdamAttributes } from "../kernels/adam.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

/** One step of Adam; inputs, outputs and formula are those of the TypeScript kernel. */
export const adam: WasmKernel<AdamAttributes> = {
  name: "MuirAdam",
  covers: (inputs) => Object.values(inputs).every(({ dtype }) => dtype === "float32"),
  run({ inputs, attributes, backend, sharing }) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step } = attributes;
    const given = ["parameter", "gradient", "firstMoment", "secondMoment"] as const;
    const { shape } = inputs["parameter"]!;
    const outputs = given.slice(1).map(() => backend.makeOutput([...shape], "float32"));
    const [parameter, gradient, firstMoment, secondMoment] = given.map((name) =>
      offsetOf(backend, inputs[name]!),
    ) as [number, number, number, number];
    const [newParameter, newFirst, newSecond] = outputs.map((output) =>
      offsetOf(backend, output),
    ) as [number, number, number];
    sharing.run({
      kernel: "adam",
      args: [
        parameter,
        gradient,
        firstMoment,
        secondMoment,
        newParameter,
        newFirst,
        newSecond,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        learningRate / (1 - beta1 ** step),
        1 / (1 - beta2 ** step),
        1 - learningRate * weightDecay,
        epsilon,
      ],
      items: tf.util.sizeFromShape(shape),
      multiple: 16,
      cost: 16,
    });
    return outputs;
  },
};
