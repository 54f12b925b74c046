// Where a joint step of the paper's size spends its time: `pnpm --filter @muir/trainer bench [threads] [steps]`.
// Times are of the processor, all threads together, so that other programs disturb them little.
import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import { assembleModel, dissect } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import { completeSettings } from "../src/complete-settings.js";
import { crossModalSettings } from "../src/cross-modal-settings.js";
import { candidatesOf, openCompetition } from "../src/search.js";
import { closeSession, openSession } from "../src/session.js";
import { trainStep } from "../src/step.js";
import { blocksOf } from "../src/weights.js";
import { paperTasks } from "./paper-tasks.js";
import { processorTime } from "./processor-time.js";
import { watchKernels } from "./watch-kernels.js";

const [threads, steps] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 5)];
const { device } = await useBackend("wasm", { threads });
const settings = completeSettings({ ...crossModalSettings, fraction: 1 });
const session = openSession(paperTasks(), settings);
const { network, state, cursors, feeds, random } = session;
const { plan } = network;
const competition = await openCompetition(network, state, { random: random.search, generation: 1 });
const candidates = candidatesOf(state, competition);
console.log(`${device}; ${plan.locations} locations, two candidates each`);

function step(): void {
  const { losses, softWeights } = trainStep(network, state, {
    candidates,
    softWeights: competition.softWeights,
    batches: cursors.map((cursor, i) => feeds[i]!.tensors(cursor.next())),
    random: random.dropout,
  });
  if (softWeights) competition.softWeights = softWeights;
  tf.dispose(losses as tf.Tensor[]);
}

/** The mean over `times` runs, in milliseconds of the processor, after two that are not counted. */
function mean(run: () => void, times: number): number {
  run();
  run();
  const start = processorTime();
  for (let i = 0; i < times; i++) run();
  return (processorTime() - start) / times;
}
const line = (name: string, milliseconds: number) =>
  console.log(`${name.padEnd(44)}${milliseconds.toFixed(2).padStart(9)} ms`);

const start = performance.now();
const whole = mean(step, steps);
line("a step", whole);
line("a step, on the clock", (performance.now() - start) / (steps + 2));

const blocks = blocksOf(state, candidates, competition.softWeights)!;
const models = plan.models.map(({ name }) => name);
const weights = Object.fromEntries(models.map((name) => [name, assembleModel(blocks, plan, name)]));
const assemble = () => {
  for (const name of models) tf.dispose(assembleModel(blocks, plan, name));
};
line("of it, putting blocks together to weights", mean(assemble, 50));
line(
  "of it, cutting gradients into blocks",
  mean(() => dissect(weights, plan).dispose(), 50),
);
tf.dispose([blocks, weights] as never);

const watch = watchKernels();
const watched = mean(step, steps);
const rows = watch.stop().map((row) => ({ ...row, share: row.milliseconds / (steps + 2) }));
line("of it, outside kernels", watched - rows.reduce((sum, { share }) => sum + share, 0));
console.log();
for (const { name, share } of rows.slice(0, 25)) line(name, share);
tf.dispose(competition.softWeights);
closeSession(session);
process.exit(0); // the threads would keep it alive
