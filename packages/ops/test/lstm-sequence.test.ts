import { type LstmInputs, lstmSequence } from "@muir/ops";
import { countTensors, law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { lstmKernels } from "./stand-ins/lstm.js";
import { withKernels } from "./stand-ins/stand-in.js";

const size = fc.integer({ min: 1, max: 4 });
const cases = fc.record({ time: size, batch: size, width: size, units: size, seed: seeds() });
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const names = ["x", "kernel", "recurrent", "bias", "hidden", "cell"] as const;

function draw({ time, batch, width, units, seed }: Case): LstmInputs {
  const shapes = {
    x: [time, batch, width],
    kernel: [width, 4 * units],
    recurrent: [units, 4 * units],
    bias: [4 * units],
    hidden: [batch, units],
    cell: [batch, units],
  };
  const drawn = names.map((name, i) => [name, normal(shapes[name], (seed % 2 ** 30) + i)]);
  return Object.fromEntries(drawn) as LstmInputs;
}

const run = ({ x, ...options }: LstmInputs) => lstmSequence(x, options);
const named = (tensors: readonly tf.Tensor[]) =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as unknown as LstmInputs;
const close = { rtol: 1e-4, atol: 1e-5 };
const exactly = { rtol: 0, atol: 0 };

describe("lstmSequence", () => {
  const one = { time: 1, batch: 1, width: 1, units: 1, seed: 0 };
  const still = { ...draw(one), kernel: tf.zeros([1, 4]), recurrent: tf.zeros([1, 4]) };

  test("halves the cell where all gates stand half open", () => {
    const { outputs, hidden, cell } = lstmSequence(tf.ones([2, 1, 1]), {
      kernel: tf.zeros([1, 4]),
      recurrent: tf.zeros([1, 4]),
      bias: tf.zeros([4]),
      hidden: tf.zeros([1, 1]),
      cell: tf.tensor2d([[4]]),
    });
    expect(cell).toBeCloseToTensor(tf.tensor2d([[1]]));
    expect(outputs).toBeCloseToTensor(tf.tensor3d([Math.tanh(2) / 2, Math.tanh(1) / 2], [2, 1, 1]));
    expect(hidden).toBeCloseToTensor(tf.tensor2d([[Math.tanh(1) / 2]]));
  });

  test("has its gates in the order input, forget, candidate, output", () => {
    const cellAfter = (bias: number[]) =>
      run({ ...still, bias: tf.tensor1d(bias), cell: tf.tensor2d([[7]]) } as LstmInputs);
    // input shut, forget open: the cell stays
    const kept = cellAfter([-50, 50, 3, -50]);
    expect(kept.cell).toBeCloseToTensor(tf.tensor2d([[7]]));
    expect(kept.hidden).toBeCloseToTensor(tf.tensor2d([[0]]));
    // input open, forget shut: the cell is the candidate
    const taken = cellAfter([50, -50, 0.5, 50]);
    expect(taken.cell).toBeCloseToTensor(tf.tensor2d([[Math.tanh(0.5)]]));
    expect(taken.hidden).toBeCloseToTensor(tf.tensor2d([[Math.tanh(Math.tanh(0.5))]]));
  });

  law(
    "is with its gradients what the obvious loop gives, without kernels and with them",
    cases,
    (given) => {
      const inputs = draw(given);
      const go = () =>
        valueAndGradients(
          (...tensors) => run(named(tensors)).outputs,
          names.map((name) => inputs[name]),
          given.seed % 2 ** 30,
        );
      const composed = go();
      withKernels(lstmKernels, go).forEach((tensor, i) => {
        expect(composed[i]!).toBeCloseToTensor(tensor, close);
      });
    },
  );

  law("goes on from where it stopped", cases, (given) => {
    const inputs = draw({ ...given, time: given.time + 2 });
    const parts = tf.split(inputs.x, [2, given.time]) as [tf.Tensor3D, tf.Tensor3D];
    const go = () => {
      const whole = run(inputs);
      const first = run({ ...inputs, x: parts[0] });
      const second = run({ ...inputs, x: parts[1], hidden: first.hidden, cell: first.cell });
      expect(tf.concat([first.outputs, second.outputs])).toBeCloseToTensor(whole.outputs, close);
      expect(second.hidden).toBeCloseToTensor(whole.hidden, close);
      expect(second.cell).toBeCloseToTensor(whole.cell, close);
    };
    go();
    withKernels(lstmKernels, go);
  });

  law("lets no gradient through the state it hands on", cases, (given) => {
    const inputs = draw(given);
    const { batch, units, seed } = given;
    const direction = normal([batch, units], (seed % 2 ** 30) + 7);
    const gradients = (throughState: boolean) =>
      tf.grads((...tensors: tf.Tensor[]) => {
        const { outputs, hidden, cell } = run(named(tensors));
        const state = tf.sum(tf.mul(direction, tf.add(hidden, cell)));
        return throughState ? tf.add(tf.sum(outputs), state) : tf.sum(outputs);
      })(names.map((name) => inputs[name]));
    const go = () => {
      const without = gradients(false);
      gradients(true).forEach((gradient, i) => {
        expect(gradient).toBeCloseToTensor(without[i]!, exactly);
      });
    };
    go();
    withKernels(lstmKernels, go);
  });

  law("leaves three tensors behind: its results", cases, (given) => {
    const inputs = draw(given);
    expect(countTensors(() => run(inputs))).toBe(3);
    withKernels(lstmKernels, () => expect(countTensors(() => run(inputs))).toBe(3));
  });

  test("names what does not fit", () => {
    const inputs = draw({ time: 2, batch: 3, width: 4, units: 5, seed: 1 });
    const given = (changed: Record<string, tf.Tensor>) => () =>
      run({ ...inputs, ...changed } as unknown as LstmInputs);
    expect(given({ kernel: tf.zeros([4, 5]) })).toThrow(
      new RangeError("lstmSequence: kernel must be [4,20]; got [4,5]."),
    );
    expect(given({ cell: tf.zeros([2, 5]) })).toThrow(
      new RangeError("lstmSequence: cell must be [3,5]; got [2,5]."),
    );
    expect(given({ x: tf.zeros([2, 4]) })).toThrow(
      new RangeError("lstmSequence: x must be [T,B,I]; got [2,4]."),
    );
    expect(given({ x: tf.zeros([0, 3, 4]) })).toThrow(
      new RangeError("lstmSequence: x must hold at least one step; got [0,3,4]."),
    );
  });
});
