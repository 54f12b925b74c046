// Whether memory stays what it was while one case is trained:
// pnpm --filter @muir/bench bench:memory [CASE [STEPS]]
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import { CASES, type CaseName } from "../src/cases/case-name.js";
import { drawCase } from "../src/cases/draw-case.js";
import { trainCase } from "../src/cases/train-case.js";
import { prepareBackend } from "../src/prepare-backend.js";
import { paperSizes } from "../src/sizes.js";

const [name = "joint_lenet", count = "200"] = process.argv.slice(2);
const steps = Number(count);
if (!CASES.includes(name as CaseName) || !Number.isInteger(steps) || steps < 40) {
  console.error(`memory: CASE must be one of ${CASES.join(", ")}, STEPS an integer of 40 or more.`);
  process.exit(2);
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const { device } = await prepareBackend("wasm", availableParallelism());
const training = trainCase(name as CaseName, paperSizes, drawCase(name as CaseName, paperSizes));
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)}`.padStart(14);

console.log(`${name}, paper size, ${device}\n`);
console.log("  step       tensors  resident MiB  JS heap MiB      loss");
for (let step = 1; step <= steps; step++) {
  const { losses } = await training.step();
  if (step % Math.floor(steps / 10) > 0 && step !== 20) continue;
  collectGarbage(); // what is left is held, not forgotten
  const { rss, heapUsed } = process.memoryUsage();
  const loss = losses.reduce((sum, of) => sum + of, 0).toFixed(4);
  const tensors = String(tf.memory().numTensors).padStart(14);
  console.log(
    `${String(step).padStart(6)}${tensors}${mebibytes(rss)}${mebibytes(heapUsed)}${loss.padStart(10)}`,
  );
}
training.dispose();
process.exit(); // threads wait for work
