/** Sizes of everything that is timed. */
export interface BenchSizes {
  readonly images: { readonly batch: number; readonly side: number };
  readonly leNet: { readonly filters: number; readonly hidden: readonly [number, number] };
  readonly wideResNet: { readonly depth: number; readonly filters: number };
  readonly lstm: {
    readonly vocabulary: number;
    readonly batch: number;
    readonly time: number;
    readonly units: number;
  };
  readonly deepBind: {
    readonly batch: number;
    readonly length: number;
    readonly width: number;
    readonly filters: number;
  };
  readonly bank: { readonly contextSize: number; readonly block: readonly [number, number] };
  /** Locations, and hypermodules, of the generator alone. */
  readonly generation: { readonly locations: number };
  readonly synthetic: {
    readonly tasks: number;
    readonly samples: number;
    readonly inputs: number;
    readonly lambda: number;
  };
}

/** The sizes of the paper (sections 4.1 and 4.2). */
export const paperSizes: BenchSizes = {
  images: { batch: 128, side: 32 },
  leNet: { filters: 16, hidden: [128, 96] },
  wideResNet: { depth: 40, filters: 16 },
  lstm: { vocabulary: 33_278, batch: 20, time: 35, units: 256 },
  deepBind: { batch: 512, length: 201, width: 24, filters: 256 },
  bank: { contextSize: 4, block: [16, 16] },
  generation: { locations: 10_857 }, // LeNet, stacked LSTM and DeepBind together
  synthetic: { tasks: 30, samples: 10, inputs: 20, lambda: 4 },
};

/** Sizes for which a step takes milliseconds: to try the benchmark itself. */
export const tinySizes: BenchSizes = {
  images: { batch: 3, side: 16 },
  leNet: { filters: 8, hidden: [12, 8] },
  wideResNet: { depth: 10, filters: 8 },
  lstm: { vocabulary: 23, batch: 3, time: 4, units: 8 },
  deepBind: { batch: 4, length: 20, width: 6, filters: 8 },
  bank: { contextSize: 2, block: [4, 4] },
  generation: { locations: 13 },
  synthetic: { tasks: 4, samples: 3, inputs: 5, lambda: 4 },
};

/** Which sizes to take. */
export type SizesName = "paper" | "tiny";

/** Sizes by name. */
export const sizesOf = (name: SizesName): BenchSizes =>
  ({ paper: paperSizes, tiny: tinySizes })[name];
