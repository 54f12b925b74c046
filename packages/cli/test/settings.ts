import fc from "fast-check";

const count = fc.integer({ min: 1, max: 50 });
const whole = fc.nat(50);
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const inside = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

/** Values that each setting may have, by its path. */
export const settingValues: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  experiment: fc.constant("synthetic"),
  preset: fc.constantFrom("tiny", "small", "paper"),
  variant: fc.constantFrom("clean", "noisy"),
  method: fc.constantFrom("muir", "stl", "random", "oracle"),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  backend: fc.constantFrom("auto", "wasm", "cpu"),
  threads: orNull(fc.integer({ min: 1, max: 256 })),
  "data.folder": orNull(fc.constantFrom("tasks", "my tasks/a: b", "1", "null", "#3", "true", "~")),
  "data.groups": count,
  "data.tasksPerGroup": count,
  "data.inputs": count,
  "data.train": count,
  "data.validation": count,
  "data.test": count,
  "data.decades": share,
  "data.scale": share,
  "data.spacing": fc.constantFrom("even", "logarithmic"),
  "data.noiseVariance": share,
  "training.contextSize": whole,
  "training.modules": orNull(count),
  "training.initialScale": fc.constantFrom("variance", "printed"),
  "training.lambda": count,
  "training.fraction": share,
  "training.sampling": fc.constantFrom("proportional", "uniform"),
  "training.reviveProbability": share,
  "training.alpha": orNull(inside),
  "training.finalAlpha": orNull(inside),
  "training.batchSize": count,
  "training.stepsPerGeneration": count,
  "training.burnIn": whole,
  "training.generations": count,
  "training.finalGenerations": whole,
  "training.patience": orNull(count),
  "training.learningRate": share,
  "training.softLearningRate": share,
};

/** A setting's path with a value that it may have. */
export const givenSetting = (): fc.Arbitrary<{ path: string; value: unknown }> =>
  fc.oneof(
    ...Object.entries(settingValues).map(([path, values]) =>
      values.map((value) => ({ path, value })),
    ),
  );
