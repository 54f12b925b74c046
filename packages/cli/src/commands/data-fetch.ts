import { isDataError } from "@muir/data";
import { DATA_NAMES, type DataName, type FetchedData, fetchData } from "@muir/data/node";
import { didYouMean } from "../config/nearest.js";
import { RunFailure } from "../run-failure.js";
import { fetchProgress } from "../terminal/fetch-progress.js";
import { shownPath } from "../terminal/shown-path.js";
import { UsageError } from "../usage-error.js";

/** The flags of `muir data fetch`. */
export interface DataFetchFlags {
  readonly url?: string;
  readonly from?: string;
  readonly sha256?: string;
  readonly cache?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `muir data fetch NAME`: downloads, verifies and unpacks a dataset. */
export async function dataFetchCommand(name: string, flags: DataFetchFlags): Promise<number> {
  const { json = false, ...options } = flags;
  const progress = fetchProgress(process.stderr, { silent: json });
  const fetched = await fetchData(known(name), { ...options, onProgress: progress.show })
    .catch((error: unknown) => {
      throw told(error);
    })
    .finally(progress.end);
  if (json) console.log(JSON.stringify(fetched, null, 2));
  else for (const line of fetchedLines(fetched)) console.log(line);
  if (!fetched.verified) process.stderr.write(`${warning(fetched)}\n`);
  return 0;
}

function known(name: string): DataName {
  const found = DATA_NAMES.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `muir data fetch: the name must be ${DATA_NAMES.join(", ")}; got "${name}"${didYouMean(name, DATA_NAMES)}`,
  );
}

/** The same, as of a program with flags; what may go well another time is no wrong usage. */
function told(error: unknown): unknown {
  if (!isDataError(error)) return error;
  const message = error.message.replace(/^fetchData: (\w+) /, "--$1: ");
  const Kind = error.transient ? RunFailure : UsageError;
  return new Kind(message, { cause: error });
}

function fetchedLines({ name, contents, origin, bytes, folder, already, ...sum }: FetchedData) {
  return [
    `${name}: ${contents}${already ? " (fetched before; --force fetches it again)" : ""}`,
    `  from ${origin}, ${bytes.toLocaleString("en")} bytes`,
    `  SHA-256 ${sum.sha256}${sum.verified ? ", as it must be" : ""}`,
    `  in ${shownPath(folder)}`,
  ];
}

const warning = ({ name, sha256 }: FetchedData) =>
  `WARNING: ${name} is NOT VERIFIED: no SHA-256 of this archive has been published. It was read and has the right form, but nothing shows that it is unchanged. If you know from a source you trust that ${sha256} is right, say so: --force --sha256 ${sha256}`;
