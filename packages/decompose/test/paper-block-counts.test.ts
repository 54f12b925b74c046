import { conv1d, conv2d, dense, lstm, planDecomposition } from "@muir/decompose";
import { expect, test } from "vitest";

// the paper cuts these networks into 16 x 16 blocks and gives their number
const blocks = (parameters: Parameters<typeof planDecomposition>[0][0]["parameters"]) =>
  planDecomposition([{ name: "net", parameters }], { block: [16, 16] }).locations;

test("LeNet has 361 blocks", () => {
  expect(
    blocks({
      conv1: { shape: [5, 5, 3, 16] },
      conv2: { shape: [5, 5, 16, 16], kind: conv2d },
      fc1: { shape: [576, 128], kind: dense },
      fc2: { shape: [128, 96], kind: dense },
      fc3: { shape: [96, 10] },
    }),
  ).toBe(361);
});

test("WRN-40-1 has 2268 blocks", () => {
  const conv = (inputs: number, outputs: number) => ({
    shape: [3, 3, inputs, outputs],
    kind: conv2d,
  });
  const group = (inputs: number, outputs: number) => [
    conv(inputs, outputs),
    ...Array.from({ length: 11 }, () => conv(outputs, outputs)), // 6 blocks of 2, less the first
    ...(inputs === outputs ? [] : [conv(inputs, outputs)]), // the shortcut
  ];
  const shared = [...group(16, 16), ...group(16, 32), ...group(32, 64)];
  const parameters = Object.fromEntries(shared.map((parameter, i) => [`conv${i + 1}`, parameter]));
  expect(blocks({ conv0: { shape: [3, 3, 3, 16] }, ...parameters })).toBe(2268);
});

test("the stacked LSTM has 4096 blocks", () => {
  const kernel = { shape: [256, 1024], kind: lstm };
  expect(
    blocks({
      embedding: { shape: [33_278, 256] },
      input0: kernel,
      recurrent0: kernel,
      input1: kernel,
      recurrent1: kernel,
    }),
  ).toBe(4096);
});

test("DeepBind-256 has 6400 blocks", () => {
  expect(
    blocks({
      embedding: { shape: [5, 256] },
      conv: { shape: [24, 256, 256], kind: conv1d },
      dense1: { shape: [256, 256], kind: dense },
      dense2: { shape: [256, 1] },
    }),
  ).toBe(6400);
});
