import {
  counted,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from "./format-number.js";
import { type Markup, markup } from "./markup.js";
import type { RunRecord, RunSummary } from "./run-record.js";

/** A key number of a run. */
interface Tile {
  readonly label: string;
  /** As it is, for programs that read the page; null where there is none. */
  readonly value: number | null;
  readonly shown: string;
  readonly note?: string | undefined;
}

/** The key numbers of a run: of its summary, or of its last generation while it goes on. */
export function tiles(record: RunRecord): Markup {
  const shown = record.summary === undefined ? runningTiles(record) : endedTiles(record);
  return markup`<dl class="tiles">${shown.map(
    ({ label, value, shown, note }) =>
      markup`<div class="card tile"><dt>${label}</dt><dd>${
        value === null ? shown : markup`<data value="${value}">${shown}</data>`
      }${note !== undefined && markup`<small>${note}</small>`}</dd></div>`,
  )}</dl>`;
}

function endedTiles({ config, summary }: RunRecord): Tile[] {
  const { groupingAccuracy, convergedAt } = summary!;
  const { activeModules, generations, steps, wallSeconds, stepMilliseconds } = summary!;
  return [
    ...resultTiles(summary!),
    ...(config.locations === 0 ? [] : sharingTiles(config, activeModules)),
    ...(config.groups === undefined
      ? []
      : [
          {
            label: "Grouping accuracy",
            value: groupingAccuracy,
            shown: formatShare(groupingAccuracy),
            note: "pairs rightly together or apart",
          },
          {
            label: "Grouped rightly from",
            value: convergedAt,
            shown: convergedAt === null ? "never" : formatCount(convergedAt),
            note: convergedAt === null ? "to the end" : "generation, to the end",
          },
        ]),
    parametersTile(summary!.parameters, config.originalParameters),
    {
      label: "Generations",
      value: generations,
      shown: formatCount(generations),
      note: counted(steps, "step"),
    },
    { label: "Wall time", value: wallSeconds, shown: formatDuration(wallSeconds) },
    {
      label: "A step",
      value: stepMilliseconds,
      shown: `${formatNumber(stepMilliseconds)} ms`,
    },
  ];
}

function resultTiles({ tasks, testRmse, validationRmse }: RunSummary): Tile[] {
  if (validationRmse !== null) {
    const note = `validation ${formatNumber(validationRmse)}`;
    return [{ label: "Test RMSE", value: testRmse, shown: formatNumber(testRmse), note }];
  }
  return Object.entries(tasks).map(([name, { metric, better, test, validation }]) => ({
    label: `${name}: test ${metric}`,
    value: test,
    shown: formatNumber(test),
    note: `validation ${formatNumber(validation)}${better === "higher" ? "; higher is better" : ""}`,
  }));
}

function runningTiles({ config, generations }: RunRecord): Tile[] {
  const last = generations.at(-1);
  if (last === undefined) return [];
  const mean =
    generations.reduce((sum, { stepMilliseconds }) => sum + stepMilliseconds, 0) /
    generations.length;
  return [
    {
      label: "Generations so far",
      value: last.generation,
      shown: formatCount(last.generation),
      note: last.phase === "final" ? "in final training" : `in ${last.phase}`,
    },
    lossTile("Validation loss", last.validationLoss),
    lossTile("Training loss", last.trainLoss),
    ...(config.locations === 0 ? [] : sharingTiles(config, last.activeModules)),
    parametersTile(last.parameters, config.originalParameters),
    { label: "A step", value: mean, shown: `${formatNumber(mean)} ms` },
  ];
}

function sharingTiles({ groups, locations }: RunRecord["config"], activeModules: number): Tile[] {
  const known = groups === undefined ? "" : `, ${counted(new Set(groups).size, "true group")}`;
  return [
    {
      label: "Hypermodules in use",
      value: activeModules,
      shown: formatCount(activeModules),
      note: `${counted(locations, "location")}${known}`,
    },
  ];
}

function parametersTile(parameters: number, original: number): Tile {
  return {
    label: "Parameters",
    value: parameters,
    shown: formatCount(parameters),
    note:
      original > 0
        ? `${formatShare(parameters / original)} of ${formatCount(original)}`
        : undefined,
  };
}

function lossTile(label: string, loss: number): Tile {
  const value = Number.isFinite(loss) ? loss : null;
  return { label, value, shown: formatNumber(loss), note: "sum of the tasks" };
}
