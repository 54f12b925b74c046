import { activeModulesChart } from "./active-modules-chart.js";
import { alignmentFilm, filmTitle } from "./alignment-film.js";
import { alignmentRows, modulesInUse } from "./alignment-rows.js";
import { alignmentStrip } from "./alignment-strip.js";
import type { BankNumbers } from "./analysis/bank-numbers.js";
import { locationLayers, locationTasks } from "./analysis/location-tasks.js";
import { ordersByModule } from "./column-order.js";
import { filmExtent } from "./film-extent.js";
import { genericTable } from "./generic-table.js";
import { drawsEachTask, learningCurves } from "./learning-curves.js";
import { lineageTable } from "./lineage-table.js";
import { type Markup, markup } from "./markup.js";
import { modulesByTasksChart } from "./modules-by-tasks-chart.js";
import { figureSection, page } from "./page.js";
import { parametersChart } from "./parameters-chart.js";
import type { RunRecord } from "./run-record.js";
import { sharingChart } from "./sharing-chart.js";
import { taskCurves } from "./task-curves.js";
import { taskRows } from "./task-rows.js";
import { taskTable } from "./task-table.js";
import { tiles } from "./tiles.js";

/** What {@link reportPage} can be told beside the run. */
export interface ReportOptions {
  /** The run's trained numbers, for the table of generic and specific hypermodules. */
  readonly bank?: BankNumbers | undefined;
  /** Runs in which tasks of this one were trained alone, to draw beside it. */
  readonly alone?: readonly RunRecord[];
}

/**
 * A run as one HTML document that needs nothing else: what was run, its key numbers, the figures
 * with what to look for in each, a table of the tasks and the whole configuration. Light or dark as
 * the reader's system is, fit for a phone and for paper.
 *
 * A run without a summary shows its last generation; one without locations has no alignment figures
 * and says why. Lists of more than 60 entries in the configuration are cut, with their length.
 *
 * @example
 * ```ts
 * await writeFile("report.html", reportPage(await readRun("runs/clean")));
 * ```
 */
export function reportPage(record: RunRecord, options: ReportOptions = {}): string {
  const { config, summary } = record;
  const { experiment, variant, method, seed } = config;
  const backend = summary?.backend ?? config.backend;
  return page({
    title: `${experiment}, ${variant}`,
    eyebrow: "a run of muir",
    facts: [
      ["method", method],
      ["seed", String(seed)],
      ...(backend === undefined ? [] : [["backend", backend] as const]),
      ["status", summary?.status ?? "no summary yet"],
    ],
    strip: alignmentStrip(record),
    body: markup`${notes(record)}${tiles(record)}
${sharingFigures(record)}
${figureSection({
  title: "Learning curves",
  caption: drawsEachTask(record)
    ? "Look for validation staying close to training, and for thin lines, each a task's validation, that stay high while the others fall."
    : "Look for validation staying close to training.",
  draw: (width) => learningCurves(record, { width, heading: false }),
})}
${eachTask(record, options.alone ?? [])}
${config.locations === 0 ? parameters(record) : markup`<div class="pair">${modules(record)}${parameters(record)}</div>`}
${sharedByTasks(record)}
${genericTable(record, options.bank)}
${lineageTable(record)}
${taskTable(record)}
<section><details class="card"><summary>Configuration</summary><pre>${configText(config)}</pre></details></section>`,
  });
}

function notes(record: RunRecord): Markup | undefined {
  const said = [
    ...(record.summary === undefined
      ? [
          "There is no summary.json yet: the run is going on, or ended before it could write one. The numbers are those of its last generation.",
        ]
      : []),
    ...(record.config.locations === 0
      ? [
          "The tasks were trained independently: nothing is shared, so there is no alignment to draw.",
        ]
      : []),
    ...(record.notes ?? []),
  ];
  if (said.length === 0) return undefined;
  return markup`<ul class="notes">${said.map((note) => markup`<li>${note}</li>`)}</ul>`;
}

function sharingFigures(record: RunRecord): Markup | undefined {
  if (alignmentRows(record) === 0) return undefined;
  const { through } = filmExtent(record);
  const opening = openingOf(record);
  return markup`${film(record, {
    title: filmTitle(record),
    caption: `Each row is a generation, the start on top, each column a location, each colour a hypermodule: look for neighbours taking on one vivid colour and keeping it. ${columnsStand(record)}Point at one for its address.`,
    through,
  })}${
    opening * 2.5 < through &&
    film(record, {
      title: `The first ${opening} generations`,
      caption:
        "The same film, nearer: here the colours that will stay spread and the misty ones die out.",
      through: opening,
    })
  }`;
}

function columnsStand(record: RunRecord): string {
  if (record.config.groups !== undefined) return "Columns stand by true group. ";
  return ordersByModule(record) ? "Columns stand by the hypermodule they end with. " : "";
}

function film(
  record: RunRecord,
  { title, caption, through }: { title: string; caption: string; through: number },
): Markup {
  return figureSection({
    title,
    caption,
    // a phone has no more than about a thousand pixels to a side
    draw: (width) =>
      alignmentFilm(record, {
        width,
        heading: false,
        through,
        maximumPixels: width < 560 ? 1000 : 2000,
        ...(width < 560 && { maximumBytes: 400_000 }),
      }),
  });
}

/** A little more than the generations it took to come down to the hypermodules left at the end. */
function openingOf(record: RunRecord): number {
  const counts = modulesInUse(record);
  const settled = record.summary?.convergedAt ?? counts.indexOf(counts.at(-1)!);
  return Math.ceil(settled * 1.25) + 5;
}

function eachTask(record: RunRecord, alone: readonly RunRecord[]): Markup | undefined {
  if (taskRows(record).length < 2 && alone.length === 0) return undefined;
  return figureSection({
    title: alone.length > 0 ? "Each task, together and alone" : "Each task on its own scale",
    caption:
      alone.length > 0
        ? "The validation metric in this run, and dashed in the runs that train a task alone. Look for the solid line ending on the better side of the dashed one."
        : "The validation metric. Give the runs that train a task alone to see both together.",
    draw: (width) => taskCurves(record, { width, heading: false, alone }),
  });
}

/** Figures of who shares with whom, where there are two tasks or layers that could. */
function sharedByTasks(record: RunRecord): Markup | undefined {
  const layers = locationLayers(record)?.names.length ?? 0;
  if (alignmentRows(record) === 0 || layers < 2) return undefined;
  const byTasks = (locationTasks(record)?.names.length ?? 0) > 1;
  return markup`${
    byTasks &&
    figureSection({
      title: "Hypermodules by the tasks that use them",
      caption:
        "Dashed: those of one task alone, specific; solid: those that tasks share, generic. Look for which tasks come to share. Numbers are those of the end.",
      draw: (width) => modulesByTasksChart(record, { width, heading: false }),
    })
  }${figureSection({
    title: "Sharing between layers",
    caption:
      "How often two layers' locations use one hypermodule, against chance: orange more, blue less, empty as by chance. On the diagonal, within a layer.",
    draw: (width) => sharingChart(record, { width, heading: false }),
  })}`;
}

function modules(record: RunRecord): Markup {
  return figureSection({
    title: "Hypermodules in use",
    caption:
      "Look for a fall to a flat line; the grey area, locations that changed, empties as the search settles.",
    width: 460,
    draw: (width) => activeModulesChart(record, { width, heading: false }),
  });
}

function parameters(record: RunRecord): Markup {
  return figureSection({
    title: "Parameters as deployed",
    caption: "Look for where it comes to lie under the dashed line, the original networks.",
    width: record.config.locations === 0 ? 940 : 460,
    draw: (width) => parametersChart(record, { width, heading: false }),
  });
}

function configText(config: RunRecord["config"]): string {
  const short = (_: string, value: unknown) =>
    Array.isArray(value) && value.length > 60
      ? [...value.slice(0, 6), `… ${value.length} entries in all`]
      : value;
  return JSON.stringify(config, short, 2);
}
