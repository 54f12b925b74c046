import { DataError } from "../../data-error.js";
import { BrokenOff, refusedAnswer } from "./download-problem.js";
import type { PartRecord } from "./part-file.js";

/** What the server sends: the file from byte `start` on. */
export interface Answer {
  readonly start: number;
  /** Bytes of the whole file; null where the server does not say. */
  readonly total: number | null;
  /** See {@link PartRecord}. */
  readonly version: string | null;
}

/** What is there of the file already. */
export interface Begun {
  readonly bytes: number;
  readonly record: PartRecord;
}

/** The headers of a request for the whole file, or for what is missing of it. */
export function requestHeaders(begun: Begun | null): Record<string, string> {
  // as it is: compressed on the way, its length would be another
  const all = { "accept-encoding": "identity", "user-agent": "muir" };
  if (begun === null) return all;
  const { version } = begun.record;
  const range = { ...all, range: `bytes=${begun.bytes}-` };
  return version === null ? range : { ...range, "if-range": version };
}

/**
 * The answer, if it is the whole file, or the rest of what is there.
 *
 * @throws {BrokenOff} if the same request may be answered otherwise.
 * @throws {DataError} if it will not be.
 */
export function readAnswer(url: string, response: Response, begun: Begun | null): Answer {
  const { status, headers } = response;
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new DataError(
      `${url}: the server must send the file as it is; got it encoded (${encoding}). Give another url, or an archive that you have.`,
    );
  }
  const version = versionOf(headers);
  if (status === 200) {
    const length = headers.get("content-length");
    return { start: 0, total: length === null ? null : Number(length), version };
  }
  if (status !== 206 && status !== 416) throw refusedAnswer(url, response);
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  const fits =
    begun !== null &&
    Number(from) === begun.bytes &&
    Number(total) === begun.record.total &&
    (begun.record.version === null || begun.record.version === version);
  if (status === 416 || !fits) throw new PartOutdated("the file changed on the server");
  return { start: begun.bytes, total: begun.record.total, version };
}

/** What is there is of another version: the download starts anew. */
export class PartOutdated extends BrokenOff {}

/** A weak ETag may stay while bytes change, so that a date is better. */
function versionOf(headers: Headers): string | null {
  const etag = headers.get("etag");
  return etag !== null && !etag.startsWith("W/") ? etag : headers.get("last-modified");
}
