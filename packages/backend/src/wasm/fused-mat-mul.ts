import { type BatchMatMulAttributes, multiplyStacks } from "./batch-mat-mul.js";
import { activated, type FusedAttributes, isKnownActivation, isRow } from "./fused-activation.js";
import type { WasmKernel } from "./wasm-kernel.js";

/** activation(a b + bias), with the product of {@link multiplyStacks} for the same reasons. */
export const fusedMatMul: WasmKernel<BatchMatMulAttributes & FusedAttributes> = {
  name: "_FusedMatMul",
  covers: ({ a, b }, attributes) =>
    a!.dtype === "float32" && b!.dtype === "float32" && isKnownActivation(attributes),
  run(call) {
    const { b, bias } = call.inputs;
    const columns = b!.shape.at(call.attributes.transposeB ? -2 : -1)!;
    const isAdded = isRow(bias, columns);
    const product = multiplyStacks(call, isAdded ? bias : undefined);
    return activated(call, product, { biasIsAdded: isAdded });
  },
};
