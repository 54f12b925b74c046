import { oneLine } from "@muir/data";

/** A checkpoint that cannot be used: one line that says which file and what is wrong with it. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
  /** `damaged`: an earlier one may do. `version`: another muir wrote it, and so the earlier ones. */
  readonly kind: "damaged" | "version";

  constructor(message: string, kind: "damaged" | "version" = "damaged") {
    super(oneLine(message)); // names in a damaged file may be anything
    this.kind = kind;
  }
}
