/** Images as bytes, each with the number of its class. A quarter of the memory of float32. */
export interface LabelledImages {
  /** `[images, height, width, channels]`. */
  readonly shape: readonly [number, number, number, number];
  /** 0 to 255, row-major in `shape`. */
  readonly pixels: Uint8Array;
  /** One number for each image: `classes[label]` is what it shows. */
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
}
