// Compares training steps on webgpu with cpu and wasm, their numbers and their times:
// `pnpm --filter @muir/backend bench:webgpu`, where `webgpu` and `@tensorflow/tfjs-backend-webgpu` are installed.
import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { type BackendName, useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { trainingCases } from "../test/training-cases/all-cases.js";
import {
  differences,
  openCase,
  type StepNumbers,
  type TrainingCase,
} from "../test/training-cases/training-case.js";

const backends = ["cpu", "wasm", "webgpu"] as const;
const rounds = 7;
const kernels = new Set<string>();

tf.enableProdMode();
for (const name of backends) console.log(`${name}: ${(await useBackend(name)).device}`);
console.log();
printRow(["step", "largest difference from cpu", ...backends.map((name) => `${name} ms`)]);
for (const given of trainingCases) {
  const runs = [];
  for (const name of backends) runs.push(await timedOn(name, given));
  const [cpu, , webgpu] = runs;
  const [worst, apart] = largest(differences(webgpu!.numbers, cpu!.numbers));
  printRow([
    given.name,
    `${apart.toExponential(1)} (${worst})`,
    ...runs.map(({ milliseconds }) => milliseconds.toFixed(1)),
  ]);
}
console.log(`\nkernels run on webgpu: ${[...kernels].sort().join(" ")}`);

/** The numbers of a step and the median time of one, after a first that compiles and warms up. */
async function timedOn(
  name: BackendName,
  given: TrainingCase,
): Promise<{ numbers: StepNumbers; milliseconds: number }> {
  await useBackend(name);
  const { step, dispose } = openCase(given);
  let numbers = await step();
  if (name === "webgpu") {
    const { kernelNames } = await tf.profile(() => step() as unknown as tf.TensorContainer);
    // the names of gradients are among them
    for (const kernel of kernelNames) if (tf.getKernel(kernel, name)) kernels.add(kernel);
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    numbers = await step();
    times.push(performance.now() - start);
  }
  dispose();
  return { numbers, milliseconds: times.toSorted((a, b) => a - b)[rounds >> 1]! };
}

function largest(apart: Record<string, number>): [string, number] {
  return Object.entries(apart).reduce((most, one) => (one[1] <= most[1] ? most : one));
}

function printRow([name, apart, ...times]: string[]): void {
  console.log(name!.padEnd(58), apart!.padEnd(26), ...times.map((time) => time.padStart(9)));
}
