import type { BenchResult } from "./run-bench.js";
import type { CaseResult, ContenderName, Measured } from "./time-case.js";

/** Contenders beside muir, in the order of the columns. */
const others: readonly (readonly [ContenderName, string])[] = [
  ["torch", "PyTorch"],
  ["torchFolded", "PyTorch, folded"],
  ["stockWasm", "tfjs wasm"],
  ["stockCpu", "tfjs cpu"],
];

/**
 * A table for reading: milliseconds of a step, for every contender beside muir how many times muir's that is,
 * and the peak memory of muir and PyTorch. Below it stands why a contender has no time.
 */
export function benchTable({ machine, threads, torch, cases }: BenchResult): string {
  const shown = others.filter(([name]) => cases.some(({ contenders }) => contenders[name]));
  const memory = cases.some(({ contenders }) => peakOf(contenders.muir) !== null);
  const head = [
    "step",
    "muir",
    ...shown.flatMap(([, title]) => [title, ""]),
    ...(memory ? ["memory", ...(torch ? ["PyTorch's"] : [])] : []),
  ];
  const rows = cases.map((result) => [
    result.name,
    time(result.contenders.muir),
    ...shown.flatMap(([name]) => [time(result.contenders[name]), times(result, name)]),
    ...(memory
      ? [result.contenders.muir, ...(torch ? [result.contenders.torch] : [])].map(peak)
      : []),
  ]);
  const about = [
    `${machine.processor}, ${machine.cores} cores; Node ${machine.node.slice(1)}; ${threads} thread${threads === 1 ? "" : "s"}; ${torch ? `PyTorch ${torch}` : "no PyTorch"}`,
    "Median of a training step, all contenders in turn; 3.0x: three times as long as muir.",
  ];
  return [...about, "", ...aligned([head, ...rows]), ...notes(cases)].join("\n");
}

const timingOf = (measured: Measured | undefined) =>
  measured && "timing" in measured ? measured.timing : null;
const peakOf = (measured: Measured | undefined) =>
  measured && "timing" in measured ? measured.peakBytes : null;

function time(measured: Measured | undefined): string {
  if (measured === undefined) return "";
  const timing = timingOf(measured);
  if (timing === null) return "cannot";
  const { median, turns } = timing;
  const rounded = median < 1000 ? median.toPrecision(3) : Math.round(median).toLocaleString("en");
  return `${rounded} ms${turns === 1 ? " (once)" : ""}`;
}

function times({ contenders }: CaseResult, name: ContenderName): string {
  const [own, other] = [timingOf(contenders.muir), timingOf(contenders[name])];
  if (own === null || other === null) return "";
  const ratio = other.median / own.median;
  return `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString("en")}x`;
}

function peak(measured: Measured | undefined): string {
  const bytes = peakOf(measured);
  return bytes === null ? "" : `${Math.round(bytes / 1e6)} MB`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => [...row[column]!].length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
  return lines;
}

/** Why contenders have no time, each reason once. */
function notes(cases: readonly CaseResult[]): string[] {
  const found = new Map<string, string[]>();
  for (const { name, contenders } of cases) {
    for (const [contender, title] of others) {
      const measured = contenders[contender];
      if (!measured || !("problem" in measured)) continue;
      const reason = `${title}: ${measured.problem}`;
      found.set(reason, [...(found.get(reason) ?? []), name]);
    }
  }
  const lines = [...found].map(([reason, names]) => `${names.join(", ")}: ${reason}`);
  return lines.length > 0 ? ["", ...lines] : [];
}
