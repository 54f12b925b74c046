import { writeReport } from "@muir/report";
import { shownPath } from "../terminal/shown-path.js";
import { UsageError } from "../usage-error.js";

/** `muir report DIR`: the page and figures of a finished or a running run. */
export async function reportCommand(dir: string): Promise<number> {
  const written = await writeReport(dir).catch((error: Error) => {
    const found = /^readRun: (.*)$/s.exec(error.message); // what was found wrong in the folder
    throw found ? new UsageError(`muir report: ${found[1]}`, { cause: error }) : error;
  });
  for (const path of [written.page, ...written.figures]) console.log(shownPath(path));
  return 0;
}
