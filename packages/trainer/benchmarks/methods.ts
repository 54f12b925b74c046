// How far each method comes in the same steps, on three small made-up tasks trained together:
// `pnpm --filter @muir/trainer bench:methods [steps] [seed] [method...]`. One seed of data that no paper used: it
// shows that methods work and how fast they learn, not which is better.
import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import { createTraining, type TrainingSettings } from "@muir/trainer";
import { smallTasks } from "./small-tasks.js";

const [steps, seed] = [Number(process.argv[2] ?? 400), Number(process.argv[3] ?? 1)];
const wanted = process.argv.slice(4);
await useBackend("wasm", { threads: 1 });
const tasks = smallTasks();

const byOrder = { selection: "none", initialAlignment: "hierarchical" } as const;
const search = { contextSize: 4, lambda: 1, fraction: 0.5, alpha: 0.5, finalAlpha: null } as const;
const methods: Readonly<Record<string, Partial<TrainingSettings>>> = {
  "single task": { sharing: "none" },
  "classical sharing": { ...byOrder, contextSize: 0 },
  "adapters of rank 1": { ...byOrder, contextSize: 0, adapterRank: 1 },
  "adapters of rank 4": { ...byOrder, contextSize: 0, adapterRank: 4 },
  MUiR: search,
  "MUiR, hierarchical start": { ...search, initialAlignment: "hierarchical" },
  "MUiR, sigma_H 0.1": { ...search, moduleDeviation: 0.1 },
  "MUiR, sigma_H 0.03": { ...search, moduleDeviation: 0.03 },
  "MUiR, modules at 0.005": { ...search, moduleLearningRate: 0.005 },
  "MUiR, c = 0": { ...search, contextSize: 0 },
};

const losses = (of: Readonly<Record<string, { loss: readonly number[] }>>) =>
  tasks.map(({ name }) => of[name]!.loss[0]!.toFixed(3)).join(" / ");

console.log(`Validation losses of ${tasks.map(({ name }) => name).join(" / ")}; ${steps} steps\n`);
const heads = ["method", "trained", "at first", "halfway", "at the end", "ms a step"];
console.log(`| ${heads.join(" | ")} |\n|${" --- |".repeat(heads.length)}`);
for (const [method, settings] of Object.entries(methods)) {
  if (wanted.length > 0 && !wanted.includes(method)) continue;
  const generations = 16;
  const training = createTraining(tasks, {
    ...{ generations, finalGenerations: 0, stepsPerGeneration: Math.ceil(steps / generations) },
    ...{ seed, softLearningRate: 0.1, ...settings },
  });
  const columns = [losses(await training.evaluate("validation"))];
  let milliseconds = 0;
  for await (const { generation, stepMilliseconds } of training.generations()) {
    milliseconds += stepMilliseconds / generations;
    if (generation % (generations / 2) === 0) {
      columns.push(losses(await training.evaluate("validation")));
    }
  }
  const row = [method, training.trainedParameters(), ...columns, milliseconds.toFixed(0)];
  training.dispose();
  console.log(`| ${row.join(" | ")} |`);
}
