import type { Snapshot } from "@muir/trainer";
import { safetensorsBytes } from "./safetensors.js";

/** A snapshot as a safetensors file; all that is no tensor is JSON in `__metadata__.muir`. */
export function checkpointBytes(snapshot: Snapshot): Uint8Array {
  const { tensors, alignment, ...rest } = snapshot;
  return safetensorsBytes({
    tensors: { ...tensors, alignment: { shape: [alignment.length], data: alignment } },
    metadata: { format: "muir-checkpoint", version: "1", muir: JSON.stringify(rest) },
  });
}
