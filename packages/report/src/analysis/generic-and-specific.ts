import { type MannWhitney, mannWhitney } from "../statistics/mann-whitney.js";
import { type BankNumbers, blockNumbers, contextNumbers, moduleNumbers } from "./bank-numbers.js";
import { type NumberStatistics, numberStatistics } from "./number-statistics.js";

/** One line of Table 4: a statistic of generic ones beside that of specific ones. */
export interface GenericAndSpecific {
  readonly of: "hypermodules" | "contexts" | "blocks";
  readonly statistic: keyof NumberStatistics;
  readonly generic: { readonly count: number; readonly mean: number };
  readonly specific: { readonly count: number; readonly mean: number };
  /** Of the generic ones against the specific ones, both sides. */
  readonly test: MannWhitney;
}

/**
 * Whether generic hypermodules, which serve more than one task, differ from specific ones, which
 * serve one (Table 4 of the paper): deviation, mean, norm and largest absolute value of the hypermodules in
 * use, of the contexts of their locations, and of the blocks they generate.
 *
 * Values of one run are not independent draws, as they were trained together: a p-value here
 * says how clearly they differ in this run, not that they will in the next.
 *
 * @param taskOf the task of each location, `[L]`.
 * @throws {RangeError} if the bank's numbers and `taskOf` are not of the lengths that L, c and the
 * block ask for.
 */
export function genericAndSpecific(bank: BankNumbers, taskOf: Int32Array): GenericAndSpecific[] {
  check(bank, taskOf);
  const generic = genericModules(bank.alignment, taskOf);
  const inUse = [...generic.keys()].sort((a, b) => a - b);
  const locations = [...bank.alignment.keys()];
  const isGeneric = (location: number) => generic.get(bank.alignment[location]!)!;
  const blocks = statisticsOf(locations, isGeneric, (location) => blockNumbers(bank, location));
  return [
    ...compare(
      "hypermodules",
      statisticsOf(
        inUse,
        (module) => generic.get(module)!,
        (module) => moduleNumbers(bank, module),
      ),
    ),
    ...(bank.contextSize === 0
      ? []
      : compare(
          "contexts",
          statisticsOf(locations, isGeneric, (location) => contextNumbers(bank, location)),
        )),
    ...compare("blocks", blocks),
  ];
}

/** Whether each hypermodule in use serves more than one task. */
export function genericModules(alignment: Int32Array, taskOf: Int32Array): Map<number, boolean> {
  const taskOfModule = new Map<number, number>();
  const generic = new Map<number, boolean>();
  alignment.forEach((module, location) => {
    const task = taskOf[location]!;
    if (!taskOfModule.has(module)) taskOfModule.set(module, task);
    generic.set(module, generic.get(module) === true || taskOfModule.get(module) !== task);
  });
  return generic;
}

/** Statistics of the generic ones and of the specific ones. */
type Sides = Readonly<Record<"generic" | "specific", readonly NumberStatistics[]>>;

function statisticsOf(
  places: readonly number[],
  isGeneric: (place: number) => boolean,
  numbersOf: (place: number) => Float32Array,
): Sides {
  const of = (wanted: boolean) =>
    places
      .filter((place) => isGeneric(place) === wanted)
      .map((place) => numberStatistics(numbersOf(place)));
  return { generic: of(true), specific: of(false) };
}

function compare(of: GenericAndSpecific["of"], sides: Sides): GenericAndSpecific[] {
  return (["deviation", "mean", "norm", "maximum"] as const).map((statistic) => {
    const generic = sides.generic.map((one) => one[statistic]);
    const specific = sides.specific.map((one) => one[statistic]);
    return {
      of,
      statistic,
      generic: { count: generic.length, mean: meanOf(generic) },
      specific: { count: specific.length, mean: meanOf(specific) },
      test: mannWhitney(generic, specific),
    };
  });
}

/** NaN of none. */
function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function check(bank: BankNumbers, taskOf: Int32Array): void {
  const { modules, contexts, contextSize, blockSize, alignment } = bank;
  const moduleSize = Math.max(1, contextSize) * blockSize;
  const fits =
    contexts.length === alignment.length * contextSize &&
    taskOf.length === alignment.length &&
    alignment.every((module) => module >= 0 && (module + 1) * moduleSize <= modules.length);
  if (fits) return;
  throw new RangeError(
    `genericAndSpecific: modules must be [K, ${Math.max(1, contextSize)}, ${blockSize}], contexts [${alignment.length}, ${contextSize}] and taskOf [${alignment.length}]; got ${modules.length}, ${contexts.length} and ${taskOf.length} numbers.`,
  );
}
