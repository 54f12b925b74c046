import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDataError } from "@muir/data";
import { expect, onTestFinished } from "vitest";

/** An empty folder that is there until the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "muir-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The message a promise is rejected with; checks that it is a DataError of one line. */
export async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("it was not rejected"),
    (reason: unknown) => reason,
  );
  if (!isDataError(error)) throw error;
  expect(error.message).not.toMatch(/[\n\r]/);
  return error.message;
}
