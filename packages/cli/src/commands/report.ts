import { serveReport, writeReport } from "@muir/report";
import { shownPath } from "../terminal/shown-path.js";
import { UsageError } from "../usage-error.js";

/** Flags of `muir report`. */
export interface ReportFlags {
  /** Runs that train its tasks alone. */
  readonly alone?: readonly string[];
  readonly watch?: boolean;
  readonly port: number;
}

/** `muir report DIR`: the page and figures of a finished or a running run; or serves the page. */
export async function reportCommand(
  dir: string,
  flags: ReportFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const alone = flags.alone ?? [];
  if (flags.watch === true) return watch(dir, { alone, port: flags.port }, stopSignal);
  const written = await writeReport(dir, { alone }).catch(refused);
  for (const path of [written.page, ...written.figures]) console.log(shownPath(path));
  return 0;
}

async function watch(
  dir: string,
  options: { readonly alone: readonly string[]; readonly port: number },
  stopSignal: () => AbortSignal,
): Promise<number> {
  let told = "";
  const onError = ({ message }: Error) => {
    if (message !== told) console.warn(`muir report: ${message} The page before stays.`);
    told = message; // not at every look
  };
  const { url, close } = await serveReport(dir, { ...options, onError }).catch(refused);
  console.log(`${url}  (Ctrl-C stops)`);
  const signal = stopSignal();
  if (!signal.aborted) {
    await new Promise((stopped) => signal.addEventListener("abort", stopped, { once: true }));
  }
  await close();
  return 0;
}

/** What was found wrong in a folder, or with a port, is the user's to mend. */
function refused(error: NodeJS.ErrnoException): never {
  const found = /^read(?:Run|Bank): (.*)$/s.exec(error.message);
  if (found !== null) throw new UsageError(`muir report: ${found[1]}`, { cause: error });
  if (error.code === "EADDRINUSE" || error.code === "EACCES") {
    throw new UsageError(
      `--port: must be one that is free; got ${error.code}. Leave it out to have any that is.`,
      { cause: error },
    );
  }
  throw error;
}
