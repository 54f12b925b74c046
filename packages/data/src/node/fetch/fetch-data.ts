import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError, isDataError } from "../../data-error.js";
import { isThere } from "../path-kind.js";
import { cacheFolder } from "./cache-folder.js";
import { DATA_SOURCES, type DataName } from "./data-sources.js";
import { download } from "./download.js";
import { writeProblem } from "./download-problem.js";
import { type FetchedData, readSourceRecord } from "./fetched-data.js";
import { install } from "./install.js";
import { withLock } from "./lock.js";
import { partFile } from "./part-file.js";
import type { OnFetchProgress } from "./progress.js";
import { type Expected, verify } from "./verify.js";

/** Where data comes from and goes to. */
export interface FetchDataOptions {
  /** The folder that holds all fetched data. Default: {@link cacheFolder}. */
  readonly cache?: string;
  /** Another address of the archive. Default: the official one. */
  readonly url?: string;
  /** An archive that is there already, in place of a download. */
  readonly from?: string;
  /** What the archive's SHA-256 must be, 64 hexadecimal digits. Default: the published one, where there is one. */
  readonly sha256?: string;
  /** Whether data that was fetched before is replaced. Default: false. */
  readonly force?: boolean;
  readonly onProgress?: OnFetchProgress;
  /** Tries after the first that get nothing from the network. Default: 4. */
  readonly retries?: number;
  /** Seconds before the first of them, doubled for each one after. Default: 1. */
  readonly waitSeconds?: number;
  /** Seconds without a byte after which a connection is given up. Default: 60. */
  readonly stallSeconds?: number;
}

/**
 * Fetches a dataset into the cache folder: downloads its archive, or takes one that is there; verifies size
 * and SHA-256 where they are known; unpacks it under a temporary name; reads all of it once; and only then gives
 * it its name. A download that broke off is gone on with by the next call.
 *
 * @throws {DataError} if anything fails; what was under the dataset's name before, or nothing, still is.
 * @example
 * ```ts
 * const { folder, verified } = await fetchData("cifar10");
 * const { train } = await readCifar10(folder);
 * ```
 */
export async function fetchData(
  name: DataName,
  options: FetchDataOptions = {},
): Promise<FetchedData> {
  checkOptions(options);
  const { cache = cacheFolder(), force = false } = options;
  const folder = join(cache, name);
  if (!force && (await isThere(folder))) return verifiedRecord(folder, options);
  await mkdir(cache, { recursive: true }).catch((cause: unknown) => {
    throw writeProblem(cache, cause);
  });
  return withLock(`${folder}.lock`, () => fetchInto(folder, name, options));
}

/** What is there already, if it is what was asked for. */
async function verifiedRecord(folder: string, { sha256 }: FetchDataOptions): Promise<FetchedData> {
  const found = await readSourceRecord(folder);
  if (sha256 === undefined) return found;
  if (found.sha256 === sha256.toLowerCase()) return { ...found, verified: true };
  throw new DataError(
    `${folder}: must come from an archive with the SHA-256 ${sha256}; it is there already, from one with ${found.sha256}. Fetch it again by force.`,
  );
}

async function fetchInto(
  folder: string,
  name: DataName,
  { from, url, sha256, onProgress = () => {}, ...network }: FetchDataOptions,
): Promise<FetchedData> {
  const source = DATA_SOURCES[name];
  const expected: Expected = {
    // an archive with a checksum of its own need not be the official one
    size: sha256 === undefined ? source.size : null,
    sha256: sha256?.toLowerCase() ?? source.sha256,
  };
  if (from !== undefined) return take(from, from);
  const address = url ?? source.url;
  if (address === null) {
    throw new DataError(
      `${name}: no address is known that answers with its archive. Give a url, or an archive that you have.`,
    );
  }
  const part = partFile(`${folder}.part`);
  const { retries = 4, waitSeconds = 1, stallSeconds = 60 } = network;
  await download(address, {
    ...{ part, size: expected.size, limit: source.unpacked + HEADERS },
    ...{ verifiable: expected.sha256 !== null, onProgress },
    ...{ retries, waitSeconds, stallSeconds },
  });
  try {
    const fetched = await take(part.path, address);
    await part.remove();
    return fetched;
  } catch (error) {
    const full = isDataError(error) && error.transient; // no fault of the archive
    if (!full) await part.remove();
    throw error;
  }

  async function take(archive: string, origin: string): Promise<FetchedData> {
    const found = await verify(archive, { ...expected, onProgress });
    const record = { name, origin, ...found, verified: expected.sha256 !== null };
    return install(folder, { archive, source, record, onProgress });
  }
}

/** Bytes of an archive beside those of its files. */
const HEADERS = 1e6;

function checkOptions({ url, from, sha256 }: FetchDataOptions): void {
  if (url !== undefined && from !== undefined) {
    throw new DataError("fetchData: url must be given without from; got both. Give one of them.");
  }
  if (url !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    throw new DataError(
      `fetchData: url must be an address that begins with https:// or http://; got ${JSON.stringify(url)}. Give a file as from.`,
    );
  }
  if (sha256 !== undefined && !/^[0-9a-fA-F]{64}$/.test(sha256)) {
    throw new DataError(
      `fetchData: sha256 must be 64 hexadecimal digits; got ${JSON.stringify(sha256)}. Run sha256sum on the file.`,
    );
  }
}
