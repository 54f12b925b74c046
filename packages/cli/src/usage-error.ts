import { oneLine } from "@muir/data";

/** Something the user gave cannot be used: one line that says what, and the remedy. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
  }
}
