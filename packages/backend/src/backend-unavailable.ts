import type { BackendName } from "./backend-name.js";

const brand = Symbol.for("muir.backend.BackendUnavailable");

/** A backend that is not installed, does not start or computes wrong gradients. */
export class BackendUnavailable extends Error {
  override readonly name = "BackendUnavailable";
  readonly [brand] = true;
  readonly backend: BackendName;
  /** What is wrong, in one sentence. */
  readonly problem: string;
  /** What to install or change. */
  readonly remedy: string;

  constructor(backend: BackendName, { problem, remedy }: { problem: string; remedy: string }) {
    super(`useBackend: backend "${backend}" must work on this machine; got: ${problem} ${remedy}`);
    this.backend = backend;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Whether `error` is a {@link BackendUnavailable}, also one from another copy of this package. */
export function isBackendUnavailable(error: unknown): error is BackendUnavailable {
  return typeof error === "object" && error !== null && brand in error;
}
