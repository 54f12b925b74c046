import type { BankNumbers } from "./analysis/bank-numbers.js";
import { type GenericAndSpecific, genericAndSpecific } from "./analysis/generic-and-specific.js";
import { locationTasks } from "./analysis/location-tasks.js";
import { counted, formatNumber, formatProbability } from "./format-number.js";
import { groupBy } from "./group-by.js";
import { type Markup, markup } from "./markup.js";
import type { RunRecord } from "./run-record.js";

/**
 * The page's table of generic against specific hypermodules, contexts and blocks (Table 4 of the
 * paper); nothing where the run has one task, or a bank is not there or not of this run.
 */
export function genericTable(record: RunRecord, bank: BankNumbers | undefined): Markup | undefined {
  const tasks = locationTasks(record);
  if (bank === undefined || tasks === undefined || tasks.names.length < 2) return undefined;
  if (bank.alignment.length !== tasks.of.length) return undefined;
  const table = genericAndSpecific(bank, tasks.of);
  const { generic, specific } = table[0]!;
  const counts = `Of the best state's hypermodules ${counted(generic.count, "generic one")} ${generic.count === 1 ? "serves" : "serve"} more than one task, ${counted(specific.count, "specific one")} a single task.`;
  if (generic.count === 0 || specific.count === 0) {
    return markup`<section><h2>Generic and specific</h2><p class="caption">${counts} There is nothing to compare.</p></section>`;
  }
  return markup`<section><h2>Generic and specific</h2><p class="caption">${counts} Means over them, over their locations' contexts and over the blocks they generate; maximum is the largest absolute value; p of a two-sided Mann-Whitney U test. Numbers of one run were trained together: p tells how clearly they differ here, not that they would again.</p><div class="card scroll"><table class="generic"><thead><tr><th>statistic</th><th class="number">generic</th><th class="number">specific</th><th class="number">p</th></tr></thead>${[
    ...groupBy(table, ({ of }) => of),
  ].map(
    ([of, rows]) =>
      markup`<tbody><tr><th colspan="4" scope="rowgroup">${of}</th></tr>${rows.map(row)}</tbody>`,
  )}</table></div></section>`;
}

function row({ statistic, generic, specific, test }: GenericAndSpecific): Markup {
  return markup`<tr><td>${statistic}</td><td class="number">${formatNumber(generic.mean)}</td><td class="number">${formatNumber(specific.mean)}</td><td class="number"><data value="${test.log10P}">${formatProbability(test)}</data></td></tr>`;
}
