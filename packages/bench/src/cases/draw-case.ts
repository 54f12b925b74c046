import { conv1d, conv2d, dense, lstm, type ParameterKind } from "@muir/decompose";
import { createRandom, type Random, standardNormal } from "@muir/random";
import type { Network } from "@muir/trainer";
import type { BenchSizes } from "../sizes.js";
import type { Folder, GeneratedWeight, Numbers } from "../tensor-folder.js";
import type { CaseName } from "./case-name.js";
import { caseNetwork, folderName, isShared } from "./case-tasks.js";
import { drawBank } from "./draw-bank.js";
import { type BenchNetwork, networksOf } from "./networks.js";

/** All tensors of a case: batches, weights, and the bank where weights are generated. */
export function drawCase(name: CaseName, sizes: BenchSizes, seed = 1): Folder {
  const random = createRandom(seed);
  if (name === "generation") return drawGeneration(sizes, random);
  const networks = networksOf(name, sizes);
  const data = Object.assign({}, ...networks.map((own) => drawData(name, own, random))) as Folder;
  const network = caseNetwork(name, sizes, data);
  const weights = networks.map((own) => drawWeights(name, own, { network, random }));
  const bank = isShared(name) ? bankOf(name, network, { sizes, random }) : {};
  return Object.assign({}, bank, data, ...weights) as Folder;
}

function drawGeneration({ bank, generation }: BenchSizes, random: Random): Folder {
  const { locations } = generation;
  const deviations = new Float32Array(locations).fill(1);
  const gradient = normal([locations, ...bank.block], random, 1);
  return { ...drawBank({ ...bank, deviations, lambda: 1, random }), blocksGradient: gradient };
}

function bankOf(name: CaseName, { plan, tasks, settings }: Network, { sizes, random }: Drawing) {
  const deviations = new Float32Array(plan.locations);
  for (const { model, parameter, first, count } of plan.shared) {
    const task = tasks.find((task) => task.name === model)!;
    deviations.fill(deviationOf(task.architecture.parameters[parameter]!), first, first + count);
  }
  const lambda = name === "synthetic" ? sizes.synthetic.lambda : 1;
  const { contextSize, block } = settings;
  return drawBank({ contextSize, block, deviations, lambda, random });
}

interface Drawing {
  readonly sizes: BenchSizes;
  readonly random: Random;
}

function drawData(name: CaseName, network: BenchNetwork, random: Random): Folder {
  const { architecture, loss, batch, inputs, targets } = network;
  const { symbols, inputShape, outputShape, tasks } = architecture;
  const leading = tasks > 1 ? [tasks, batch] : [batch];
  const shape = [...leading, ...inputShape];
  const classes = outputShape.at(-1)!;
  return {
    [folderName(name, network, inputs)]:
      symbols === undefined ? normal(shape, random, 1) : integers(shape, symbols, random),
    [folderName(name, network, targets)]:
      loss.name === "crossEntropy"
        ? integers([...leading, ...outputShape.slice(0, -1)], classes, random)
        : normal([...leading, ...outputShape], random, 1),
  };
}

function drawWeights(
  name: CaseName,
  network: BenchNetwork,
  { network: { plan }, random }: { network: Network; random: Random },
): Folder {
  const entries = Object.entries(network.architecture.parameters).flatMap(
    ([parameter, spec]): [string, Numbers | GeneratedWeight][] => {
      const { shape, kind } = spec;
      const place = plan.shared.find(
        (shared) => shared.model === network.task && shared.parameter === parameter,
      );
      const own = folderName(name, network, network.nameOf(parameter));
      if (!place) return [[own, normal(shape, random, deviationOf(spec), meanOf(spec))]];
      if (name === "synthetic") return []; // task t's weight is the block at location t
      return [[own, { shape, layout: layoutOf(kind!), location: place.first }]];
    },
  );
  return Object.fromEntries(entries);
}

type Spec = Network["tasks"][number]["architecture"]["parameters"][string];

// constants too are given something to tell them apart by
const deviationOf = ({ initial }: Spec) =>
  "standardDeviation" in initial ? initial.standardDeviation : 0.1;
const meanOf = ({ initial }: Spec) =>
  "constant" in initial ? initial.constant : (initial.mean ?? 0);

function layoutOf(kind: ParameterKind): GeneratedWeight["layout"] {
  const layouts = new Map([
    [dense, "dense"],
    [conv1d, "conv1d"],
    [conv2d, "conv2d"],
    [lstm, "lstm"],
  ] as const);
  return layouts.get(kind)!;
}

function normal(shape: readonly number[], random: Random, deviation: number, mean = 0): Numbers {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = mean + deviation * standardNormal(random);
  return { shape, values };
}

function integers(shape: readonly number[], below: number, random: Random): Numbers {
  const values = new Int32Array(shape.reduce((product, size) => product * size, 1));
  return { shape, values: values.map(() => Math.floor(random() * below)) };
}
