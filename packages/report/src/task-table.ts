import { formatNumber } from "./format-number.js";
import { type Markup, markup } from "./markup.js";
import { type ModuleColours, moduleColours } from "./module-colours.js";
import { hex } from "./oklch.js";
import type { RunRecord } from "./run-record.js";
import { taskRows } from "./task-rows.js";

/** The page's table of tasks: losses and metric after the last generation, hypermodules used. */
export function taskTable(record: RunRecord): Markup | undefined {
  const rows = taskRows(record);
  if (rows.length === 0) return undefined;
  const colours = record.config.locations > 0 ? moduleColours(record) : undefined;
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const shared = metrics.length === 1 ? metrics[0]! : "metric";
  return markup`<section><h2>Each task</h2><p class="caption">After the last generation${colours && "; tasks with one colour share a hypermodule"}.</p><div class="card scroll"><table class="tasks"><thead><tr><th>task</th><th class="number spare">train loss</th><th class="number">validation loss</th><th class="number">validation ${shared}</th>${colours && markup`<th>hypermodule</th>`}</tr></thead><tbody>${rows.map(
    (row) =>
      markup`<tr><td>${row.name}</td><td class="number spare">${formatNumber(row.trainLoss)}</td><td class="number">${formatNumber(row.validationLoss)}</td><td class="number">${formatNumber(row.validationMetric)}${metrics.length > 1 && ` ${row.metric}`}</td>${colours && markup`<td>${modulesCell(row.modules, colours)}</td>`}</tr>`,
  )}</tbody></table></div></section>`;
}

function modulesCell(modules: readonly number[], colours: ModuleColours): Markup {
  if (modules.length === 0) return markup`–`;
  const swatches = modules
    .slice(0, 12)
    .map(
      (module) =>
        markup`<span class="swatch" style="background:${hex(colours.palette[colours.index[module]!]!)}"></span>`,
    );
  return markup`${swatches}${modules.length === 1 ? modules[0]! : `${modules.length} of them`}`;
}
