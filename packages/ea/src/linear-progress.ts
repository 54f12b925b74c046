import type { LinearFitnessOptions } from "./linear-fitness.js";

/** Accepted values, buffered until every part has drawn from the solution as it stood. */
export interface Changes {
  readonly locations: Int32Array;
  readonly values: Int32Array;
}

/** A solution on its way to an optimum. */
export interface LinearProgress {
  /** The solution, `[L]`. Written to by `apply` only. */
  readonly solution: Int32Array;
  /** Those of `parts` that are not at their optimum. */
  openParts(parts: Int32Array): Int32Array;
  /** Takes over the first `length` changes, and leaves the values they replaced in their place. */
  apply(changes: Changes, length: number): void;
  /** Whether a value that some location still needs has been lost for good. */
  stuck(): boolean;
}

/** Keeps count of what is right, needed and held, in time proportional to the changes. */
export function linearProgress(options: LinearFitnessOptions): LinearProgress {
  const { initial, optimum, values, parts, sampling } = options;
  const size = initial.length / parts;
  const solution = initial.slice();
  const wrong = new Int32Array(parts); // wrong locations, by part
  const needed = new Int32Array(values); // wrong locations, by the value they need
  const held = new Int32Array(values); // locations, by the value they have
  const isLost = (value: number) =>
    sampling === "proportional" && needed[value]! > 0 && held[value] === 0;
  const count = (location: number, step: 1 | -1): void => {
    held[solution[location]!]! += step;
    if (solution[location] === optimum[location]) return;
    wrong[Math.floor(location / size)]! += step;
    needed[optimum[location]!]! += step;
  };
  for (let location = 0; location < solution.length; location++) count(location, 1);
  let lost = needed.some((_, value) => isLost(value));

  return {
    solution,
    openParts: (among) => among.filter((part) => wrong[part]! > 0),
    stuck: () => lost,
    apply: ({ locations, values: accepted }, length) => {
      for (let i = 0; i < length; i++) {
        const location = locations[i]!;
        const before = solution[location]!;
        count(location, -1);
        solution[location] = accepted[i]!;
        count(location, 1);
        accepted[i] = before;
      }
      // only now, when every part has taken its values, is a value that nobody holds gone
      for (let i = 0; i < length; i++) lost ||= isLost(accepted[i]!);
    },
  };
}
