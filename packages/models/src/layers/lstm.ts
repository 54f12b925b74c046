import { lstm, type Shape } from "@muir/decompose";
import type { ParameterSpec } from "../architecture.js";
import { leCunNormal, zero } from "./initial.js";

/** Sizes of an LSTM layer. */
export interface LstmOptions {
  readonly inputs: number;
  readonly units: number;
}

/** The parameters of an LSTM layer: kernels can be shared, four matrices each, and start as its size has it. */
export function lstmParameters({
  inputs,
  units,
}: LstmOptions): Record<"kernel" | "recurrent" | "bias", ParameterSpec> {
  const kernel = (rows: number) => ({
    shape: [rows, 4 * units],
    initial: leCunNormal(units),
    kind: lstm,
  });
  return {
    kernel: kernel(inputs),
    recurrent: kernel(units),
    bias: { shape: [4 * units], initial: zero },
  };
}

/** Shapes of what an LSTM layer carries from step to step. */
export function lstmStateShapes(batch: number, units: number): Record<"hidden" | "cell", Shape> {
  return { hidden: [batch, units], cell: [batch, units] };
}
