import { createRandom } from "@muir/random";
import type { BankNumbers, GenerationRecord, RunRecord, RunSummary } from "@muir/report";

/** Layers of a made-up run: matrices, and rows and columns of blocks in each. */
const layers = {
  // the paper's: 361 + 4096 + 6400 = 10,857 locations
  paper: {
    "lenet/conv2": [25, 1, 1],
    "lenet/fc1": [1, 36, 8],
    "lenet/fc2": [1, 8, 6],
    "lstm/kernel1": [4, 16, 16],
    "lstm/recurrent1": [4, 16, 16],
    "lstm/kernel2": [4, 16, 16],
    "lstm/recurrent2": [4, 16, 16],
    "deepbind/conv": [24, 16, 16],
    "deepbind/fc1": [1, 16, 16],
  },
  small: {
    "lenet/conv2": [4, 1, 1],
    "lenet/fc1": [1, 6, 2],
    "lenet/fc2": [1, 2, 2],
    "lstm/kernel1": [4, 2, 2],
    "lstm/recurrent1": [4, 2, 2],
    "deepbind/conv": [6, 2, 2],
    "deepbind/fc1": [1, 2, 2],
  },
} as const;

/** What a made-up run can be told. */
export interface MadeUpRun {
  readonly size: keyof typeof layers;
  readonly generations: number;
  readonly seed?: number;
  readonly ended?: boolean;
}

/**
 * A made-up run of three unlike tasks: locations copy each other's hypermodules, ever fewer as the
 * search settles, and errors fall. It has the form of a real one and means nothing.
 */
export function madeUpRun({ size, generations, seed = 1, ended = true }: MadeUpRun): RunRecord {
  const random = createRandom(seed);
  const locationNames = Object.entries<readonly [number, number, number]>(layers[size]).flatMap(
    ([layer, [matrices, rows, columns]]) =>
      Array.from({ length: matrices * rows * columns }, (_, i) => {
        const block = i % (rows * columns);
        return `${layer}[${Math.floor(i / (rows * columns))}] (${Math.floor(block / columns)}, ${block % columns})`;
      }),
  );
  const locations = locationNames.length;
  const taskOf = (location: number) => locationNames[location]!.split("/", 1)[0];
  const alignments = new Int32Array(locations * (generations + 1));
  for (let l = 0; l < locations; l++) alignments[l] = l;
  const records: GenerationRecord[] = [];
  for (let generation = 1; generation <= generations; generation++) {
    const before = alignments.subarray((generation - 1) * locations, generation * locations);
    const after = alignments.subarray(generation * locations, (generation + 1) * locations);
    after.set(before);
    const changes = Math.ceil((locations / 4) * Math.exp((-3 * generation) / generations));
    for (let i = 0; i < changes; i++) {
      const [to, from] = [random(), random()].map((at) => Math.floor(at * locations));
      // unlike tasks copy each other less often
      if (taskOf(to!) === taskOf(from!) || random() < 0.3) after[to!] = before[from!]!;
    }
    records.push(
      generationOf(generation, {
        generations,
        random,
        activeModules: new Set(after).size,
        changedLocations: after.filter((module, l) => module !== before[l]).length,
      }),
    );
  }
  const names = { experiment: "cross-modal", variant: "made up", method: "muir", seed };
  const last = records.at(-1)!;
  return {
    config: {
      ...names,
      backend: "none",
      locations,
      modules: locations,
      locationNames,
      originalParameters: 256 * locations,
    },
    generations: records,
    alignments,
    ...(ended && {
      summary: {
        ...names,
        backend: "none",
        status: "complete",
        generations,
        steps: 1000 * generations,
        testRmse: 0.4321,
        validationRmse: 0.3987,
        tasks: {},
        activeModules: last.activeModules,
        groupingAccuracy: null,
        convergedAt: null,
        parameters: last.parameters,
        wallSeconds: 4321.9,
        stepMilliseconds: 98.76,
      } satisfies RunSummary,
    }),
  };
}

function generationOf(
  generation: number,
  {
    generations,
    random,
    activeModules,
    changedLocations,
  }: {
    generations: number;
    random: () => number;
    activeModules: number;
    changedLocations: number;
  },
): GenerationRecord {
  const fallen = Math.exp((-4 * generation) / generations);
  const noise = () => 1 + 0.06 * (random() - 0.5);
  const task = (metric: string, better: "higher" | "lower", loss: number, value: number) => ({
    metric,
    better,
    trainLoss: [loss * 0.9],
    validationLoss: [loss],
    validationMetric: [value],
  });
  const losses = [2.3 * fallen + 0.3, 5 * fallen + 4.4, 0.6 * fallen + 0.1].map((x) => x * noise());
  return {
    generation,
    phase: generation <= 2 ? "burn-in" : "search",
    trainLoss: 0.9 * (losses[0]! + losses[1]! + losses[2]!),
    validationLoss: losses[0]! + losses[1]! + losses[2]!,
    tasks: {
      lenet: task("accuracy", "higher", losses[0]!, 0.92 - 0.6 * fallen * noise()),
      lstm: task("perplexity", "lower", losses[1]!, Math.exp(losses[1]!)),
      deepbind: task("accuracy", "higher", losses[2]!, 0.95 - 0.4 * fallen * noise()),
    },
    activeModules,
    changedLocations,
    parameters: 1024 * activeModules,
    best: random() < fallen,
    stepMilliseconds: 98,
  };
}

/** Runs in which the tasks of a made-up run are trained alone: a little worse. */
export function madeUpAlone(run: RunRecord): RunRecord[] {
  return Object.keys(run.generations[0]!.tasks).map((name) => ({
    config: { ...run.config, method: "stl", locations: 0, modules: 0, locationNames: [] },
    alignments: new Int32Array(),
    generations: run.generations.map((record) => {
      const task = record.tasks[name]!;
      const worse = task.better === "higher" ? 0.96 : 1.07;
      const validationMetric = task.validationMetric.map((value) => value * worse);
      return { ...record, tasks: { [name]: { ...task, validationMetric } } };
    }),
  }));
}

/** Trained numbers for a made-up run, those of hypermodules that many use a little smaller. */
export function madeUpBank({ config, alignments }: RunRecord, blockSize = 256): BankNumbers {
  const random = createRandom(config.seed + 1);
  const alignment = alignments.slice(-config.locations);
  const uses = new Int32Array(config.modules);
  for (const module of alignment) uses[module]!++;
  const size = 4 * blockSize;
  return {
    modules: Float32Array.from(
      { length: config.modules * size },
      (_, i) => (random() - 0.5) / (1 + 0.1 * uses[Math.floor(i / size)]!),
    ),
    contexts: Float32Array.from({ length: config.locations * 4 }, () => random() - 0.3),
    contextSize: 4,
    blockSize,
    alignment,
  };
}
