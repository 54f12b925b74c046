import { relative } from "node:path";
import { writeReport } from "@muir/report";
import { UsageError } from "../usage-error.js";

/** `muir report DIR`: the page and figures of a finished or a running run. */
export async function reportCommand(dir: string): Promise<number> {
  const written = await writeReport(dir).catch((error: Error) => {
    throw new UsageError(`muir report: ${error.message}`);
  });
  for (const path of [written.page, ...written.figures]) {
    console.log(relative(process.cwd(), path));
  }
  return 0;
}
