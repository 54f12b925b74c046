import * as tf from "@tensorflow/tfjs-core";
import { imagesOfPart } from "./convolution-sizes.js";
import type { PartKernels } from "./training-kernels.js";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernelCall } from "./wasm-kernel.js";
import type { Work } from "./work-sharing.js";

/** Kernels that sum over images, each part for itself. */
type SummingKernel = "convolveFilterGradient" | "depthwiseFilterGradient";

/**
 * A sum over `images`, as a new tensor of `shape`: parts of the images are summed by `kernel`, each
 * into a tensor of its own, and those are added up in their order.
 *
 * @param work says what that kernel does, given where its sums lie and how many images a part has.
 */
export function sumOfParts<Name extends SummingKernel>(
  { backend, sharing }: WasmKernelCall<unknown>,
  { images, shape }: { images: number; shape: number[] },
  work: (
    sums: number,
    partImages: number,
  ) => Omit<Work<Name>, "items" | "partItems"> & { args: PartKernels[Name] },
): tf.TensorInfo {
  const sum = backend.makeOutput(shape, "float32");
  const count = tf.util.sizeFromShape(shape);
  const partImages = imagesOfPart(images);
  const parts = Math.ceil(images / partImages);
  withScratch(backend, 4 * parts * count, (sums) => {
    sharing.run({ ...work(sums, partImages), items: images, partItems: partImages });
    sharing.run({
      kernel: "sumParts",
      args: [sums, offsetOf(backend, sum), parts, count],
      items: count,
      multiple: 16,
      cost: 4 * parts,
    });
  });
  return sum;
}
