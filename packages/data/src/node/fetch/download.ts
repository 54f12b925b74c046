import { setTimeout as pause } from "node:timers/promises";
import { DataError } from "../../data-error.js";
import { BrokenOff, brokenOff } from "./download-problem.js";
import type { PartFile } from "./part-file.js";
import { type ReceiveOptions, receive } from "./receive.js";

/** How a file is downloaded. */
export interface DownloadOptions extends ReceiveOptions {
  /** Tries after the first without a byte received; one that received some counts as none. */
  readonly retries: number;
  /** Before the first of them; doubled for each one after. */
  readonly waitSeconds: number;
}

/**
 * Downloads `url` into a part file, going on with what is already in it as long as the server still has
 * the same version, and trying again where the network fails.
 *
 * @throws {DataError} if the server refuses or has a file of another size, the disk is full, or the network
 *   keeps failing; then the part stays, for the next call.
 */
export async function download(url: string, options: DownloadOptions): Promise<void> {
  const { part, retries, waitSeconds, onProgress } = options;
  for (let failures = 0; ; ) {
    const before = (await part.begun())?.bytes ?? 0;
    try {
      return await receive(url, options);
    } catch (cause) {
      const error = brokenOff(cause);
      if (!(error instanceof BrokenOff)) throw error;
      const bytes = (await part.begun())?.bytes ?? 0;
      failures = bytes > before ? 1 : failures + 1;
      if (failures > retries) throw gaveUp(url, { error, bytes, part });
      const seconds = waitSeconds * 2 ** (failures - 1);
      onProgress({ phase: "wait", problem: error.message, seconds });
      await pause(1000 * seconds);
    }
  }
}

function gaveUp(
  url: string,
  { error, bytes, part }: { error: Error; bytes: number; part: PartFile },
): DataError {
  const remedy =
    bytes > 0
      ? `What came so far is in ${part.path}: the same call goes on from there.`
      : "Look at the connection and call again, give another url, or an archive that you have.";
  return new DataError(
    `${url}: the download must come to its end; it broke off at ${bytes.toLocaleString("en")} bytes (${error.message}). ${remedy}`,
    { cause: error, transient: true },
  );
}
