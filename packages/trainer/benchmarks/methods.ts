// How far each method comes in the same steps, on three small made-up tasks trained together:
// `pnpm --filter @muir/trainer bench:methods [steps] [seed] [method...]`. One seed of data that no paper used: it
// shows that methods work and how fast they learn, not which is better.
import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import { createTraining, type GenerationEvent, type TrainingSettings } from "@muir/trainer";
import { smallTasks } from "./small-tasks.js";

const [steps, seed] = [Number(process.argv[2] ?? 400), Number(process.argv[3] ?? 1)];
const wanted = process.argv.slice(4);
const [searching, settling] = [6, 2]; // generations
await useBackend("wasm", { threads: 1 });
const tasks = smallTasks();

const byOrder = { selection: "none", initialAlignment: "hierarchical" } as const;
const own = { contextSize: 4, selection: "none" } as const;
const search = { contextSize: 4, lambda: 1, fraction: 0.5, alpha: 0.5, finalAlpha: null } as const;
const methods: Readonly<Record<string, Partial<TrainingSettings>>> = {
  "single task": { sharing: "none" },
  "classical sharing": { ...byOrder, contextSize: 0 },
  "adapters of rank 1": { ...byOrder, contextSize: 0, adapterRank: 1 },
  "adapters of rank 4": { ...byOrder, contextSize: 0, adapterRank: 4 },
  "no search": own,
  "no search, sigma_H 0.2": { ...own, moduleDeviation: 0.2 },
  "no search, sigma_H 0.1": { ...own, moduleDeviation: 0.1 },
  "no search, modules at 0.005": { ...own, moduleLearningRate: 0.005 },
  MUiR: search,
  "MUiR, sigma_H 0.1": { ...search, moduleDeviation: 0.1 },
  "MUiR, hierarchical start": { ...search, initialAlignment: "hierarchical" },
};

const shown = (lossOf: (task: string) => readonly number[]) =>
  tasks.map(({ name }) => lossOf(name)[0]!.toFixed(3)).join(" / ");

console.log(`Losses of ${tasks.map(({ name }) => name).join(" / ")}; ${steps} steps\n`);
const heads = [
  "method",
  "trained",
  "deployed",
  "at first",
  "halfway",
  "at the end",
  "validated",
  "ms",
];
console.log(`| ${heads.join(" | ")} |\n|${" --- |".repeat(heads.length)}`);
for (const [method, settings] of Object.entries(methods)) {
  if (wanted.length > 0 && !wanted.includes(method)) continue;
  const training = createTraining(tasks, {
    ...{ generations: searching, finalGenerations: settling, seed, softLearningRate: 0.1 },
    ...{ stepsPerGeneration: Math.ceil(steps / (searching + settling)), ...settings },
  });
  const first = await training.evaluate("train");
  const events: GenerationEvent[] = [];
  for await (const event of training.generations()) events.push(event);
  const [halfway, last] = [events[(searching + settling) / 2 - 1]!, events.at(-1)!];
  const row = [
    ...[method, training.trainedParameters(), last.parameters],
    shown((name) => first[name]!.loss),
    shown((name) => halfway.tasks[name]!.trainLoss),
    shown((name) => last.tasks[name]!.trainLoss),
    shown((name) => last.tasks[name]!.validationLoss),
    (events.reduce((sum, event) => sum + event.stepMilliseconds, 0) / events.length).toFixed(0),
  ];
  training.dispose();
  console.log(`| ${row.join(" | ")} |`);
}
