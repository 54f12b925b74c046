import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreementOf } from "../src/agreement.js";
import { CASES, type CaseName } from "../src/cases/case-name.js";
import { drawCase } from "../src/cases/draw-case.js";
import { trainCase } from "../src/cases/train-case.js";
import { tinySizes } from "../src/sizes.js";

beforeAll(() => tf.env().set("IS_TEST", false));
afterAll(() => tf.env().set("IS_TEST", true));

async function gradientsOn(backend: "cpu" | "wasm", name: CaseName) {
  await useBackend(backend);
  const training = trainCase(name, tinySizes, drawCase(name, tinySizes));
  const found = await training.gradients();
  training.dispose();
  return found;
}

describe.each(CASES)("%s", (name) => {
  test("has the losses and gradients of cpu", async () => {
    const [onCpu, onWasm] = [await gradientsOn("cpu", name), await gradientsOn("wasm", name)];
    const { losses, gradients } = agreementOf(onWasm, onCpu);
    expect(losses).toBeLessThan(1e-5);
    expect(gradients.largest).toBeLessThan(1e-4);
    for (const own of Object.values(onWasm.gradients)) {
      expect("values" in own && own.values.some((value) => value !== 0)).toBe(true);
    }
  });

  test("a step's losses are those before it, steps make them smaller, and no tensor stays", async () => {
    await useBackend("wasm");
    const before = tf.memory().numTensors;
    const training = trainCase(name, tinySizes, drawCase(name, tinySizes));
    const first = await training.gradients();
    const { losses } = await training.step();
    expect(losses).toEqual(first.losses);
    const tensors = tf.memory().numTensors;
    for (let i = 0; i < 20; i++) await training.step();
    expect(tf.memory().numTensors).toBe(tensors);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum((await training.step()).losses)).toBeLessThan(sum(losses));
    training.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
