import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { DataError } from "../../data-error.js";
import { type Answer, type Begun, PartOutdated, readAnswer, requestHeaders } from "./answer.js";
import { BrokenOff, writeProblem } from "./download-problem.js";
import { requireSpace } from "./free-space.js";
import type { PartFile } from "./part-file.js";
import type { OnFetchProgress } from "./progress.js";

/** What one try goes by. */
export interface ReceiveOptions {
  readonly part: PartFile;
  /** Bytes the file must have; null where not known. */
  readonly size: number | null;
  /** The most bytes that are taken where that is not known: a server could send without end. */
  readonly limit: number;
  /** Whether a checksum will be compared, so that a part without a version may be gone on from. */
  readonly verifiable: boolean;
  readonly onProgress: OnFetchProgress;
  /** Without a byte for so long, the connection is given up. */
  readonly stallSeconds: number;
}

/** One try to download the whole file or the rest of it. Throws what `download` tells apart. */
export async function receive(url: string, options: ReceiveOptions): Promise<void> {
  const { part, verifiable, stallSeconds } = options;
  const begun = await usablePart(url, options);
  if (begun !== null && begun.bytes === begun.record.total) return;
  const connection = new AbortController();
  let stalled = false;
  const timer = setTimeout(() => {
    stalled = true;
    connection.abort();
  }, 1000 * stallSeconds);
  try {
    const headers = requestHeaders(begun);
    const response = await fetch(url, { headers, signal: connection.signal });
    const answer = readAnswer(url, response, begun);
    requireHonest(url, response.url, verifiable);
    await save(url, { ...options, answer, body: response.body, onBytes: () => timer.refresh() });
  } catch (cause) {
    if (cause instanceof PartOutdated) await part.remove();
    if (stalled) throw new BrokenOff(`nothing came for ${stallSeconds} seconds`, { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
    connection.abort(); // an answer that is not read to its end would hold its connection
  }
}

/** What is there, if the rest can be told to belong to it: by a version, or by the checksum at the end. */
async function usablePart(
  url: string,
  { part, verifiable }: ReceiveOptions,
): Promise<Begun | null> {
  const begun = await part.begun();
  if (begun === null || begun.bytes === 0 || begun.record.url !== url) return null;
  const { version, total } = begun.record;
  return total !== null && (version !== null || verifiable) ? begun : null;
}

interface Saving extends ReceiveOptions {
  readonly answer: Answer;
  readonly body: Response["body"];
  onBytes(): void;
}

async function save(
  url: string,
  { part, size, limit, answer, body, onBytes, onProgress }: Saving,
): Promise<void> {
  const { start, total, version } = answer;
  if (size !== null && total !== null && total !== size) {
    throw new DataError(
      `${url}: must have ${size} bytes; got a file of ${total}. Give another url, or an archive that you have.`,
    );
  }
  if (total !== null && total > limit) throw tooLong(url, limit);
  await requireSpace(dirname(part.path), (total ?? start) - start);
  const written = <T>(act: Promise<T>) =>
    act.catch((cause: unknown) => {
      throw writeProblem(part.path, cause);
    });
  await written(part.note({ url, total, version }));
  const file = await written(open(part.path, start > 0 ? "a" : "w"));
  let bytes = start;
  try {
    for await (const chunk of Readable.fromWeb(body as ReadableStream<Uint8Array>)) {
      onBytes();
      bytes += chunk.length;
      if (bytes > limit) break;
      await written(file.writeFile(chunk));
      onProgress({ phase: "download", done: bytes, total });
    }
  } finally {
    await file.close();
  }
  if (bytes > limit) {
    await part.remove();
    throw tooLong(url, limit);
  }
  if (total !== null && bytes !== total) {
    throw new BrokenOff(`the connection closed after ${bytes} of ${total} bytes`);
  }
  await written(part.note({ url, total: bytes, version }));
}

const tooLong = (url: string, limit: number) =>
  new DataError(
    `${url}: must have at most ${limit} bytes, as many as may come out of it; got more. Give another url, or an archive that you have.`,
  );

/** Without a checksum, an address that was secure must not lead to one that is not. */
function requireHonest(url: string, landed: string, verifiable: boolean): void {
  if (verifiable || !url.startsWith("https:") || landed.startsWith("https:")) return;
  throw new DataError(
    `${url}: must stay on https where no checksum is known; got sent to ${landed}. Give another url, or the SHA-256 of the file.`,
  );
}
