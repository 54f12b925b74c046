import type { Folder } from "../tensor-folder.js";

/** Training steps of one case, on the backend in use. */
export interface CaseTraining {
  /** Losses and gradients of everything trained, by the folder's names; nothing moves. */
  gradients(): Promise<{ losses: number[]; gradients: Folder }>;
  /** Forward, backward, Adam. The losses are those before the update. */
  step(): Promise<{ milliseconds: number; losses: number[] }>;
  dispose(): void;
}
