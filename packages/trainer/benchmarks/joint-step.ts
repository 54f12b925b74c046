// Where a joint step of the paper's size spends its time: `pnpm --filter @muir/trainer bench`.
// Times are of the processor, all threads together, so that other programs disturb them little.
import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { completeSettings } from "../src/complete-settings.js";
import { candidatesOf, openCompetition } from "../src/search.js";
import { closeSession, openSession } from "../src/session.js";
import { trainStep } from "../src/step.js";
import { paperTasks } from "./paper-tasks.js";
import { watchKernels } from "./watch-kernels.js";

const threads = Number(process.argv[2] ?? 1);
const steps = Number(process.argv[3] ?? 5);
console.log((await useBackend("wasm", { threads })).device);
const settings = completeSettings({
  ...{ contextSize: 4, lambda: 1, alpha: 0.5, finalAlpha: null, softLearningRate: 0.1 },
});
const session = openSession(paperTasks(), settings);
const { network, state, cursors, feeds, random } = session;
console.log(`${network.plan.locations} locations`);
const competition = await openCompetition(network, state, { random: random.search, generation: 1 });
const candidates = candidatesOf(state, competition);

function step(number: number): void {
  const { losses, softWeights } = trainStep(network, state, {
    candidates,
    softWeights: competition.softWeights,
    batches: cursors.map((cursor, i) => feeds[i]!.tensors(cursor.next())),
    random: (task) => random.dropout.split(`${task} ${number}`),
  });
  if (softWeights) competition.softWeights = softWeights;
  tf.dispose(losses as tf.Tensor[]);
}

step(-2);
step(-1);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const before = { cpu: cpu(), wall: performance.now(), memory: tf.memory() };
for (let i = 0; i < steps; i++) step(i);
const ms = (since: number, now: number) => ((now - since) / steps).toFixed(1);
console.log(
  `a step: ${ms(before.cpu, cpu())} ms of cpu, ${ms(before.wall, performance.now())} ms of wall`,
);
console.log(
  `tensors ${before.memory.numTensors} -> ${tf.memory().numTensors}, bytes ${before.memory.numBytes} -> ${tf.memory().numBytes}`,
);

const watch = watchKernels();
const watched = cpu();
for (let i = 0; i < steps; i++) step(steps + i);
const total = (cpu() - watched) / steps;
const rows = watch.stop();
const inKernels = rows.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / steps;
console.log(`\n${"kernel".padEnd(34)}${"calls".padStart(7)}${"ms a step".padStart(11)}`);
for (const { name, calls, milliseconds } of rows.slice(0, 90)) {
  console.log(
    `${name.padEnd(34)}${String(calls / steps).padStart(7)}${(milliseconds / steps).toFixed(2).padStart(11)}`,
  );
}
console.log(`${"all kernels".padEnd(41)}${inKernels.toFixed(1).padStart(11)}`);
console.log(`${"besides".padEnd(41)}${(total - inKernels).toFixed(1).padStart(11)}`);
tf.dispose(competition.softWeights);
closeSession(session);
process.exit(0);
