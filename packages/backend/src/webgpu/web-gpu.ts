/**
 * What is used of WebGPU; neither the types of the DOM nor those of Node know it yet
 * (https://www.w3.org/TR/webgpu/).
 */
export interface WebGpu {
  /** Null where no device can be had. */
  requestAdapter(options: { readonly powerPreference: string }): Promise<GpuAdapter | null>;
}

export interface GpuAdapter {
  readonly info?: GpuAdapterInfo;
  /** Where it was before it belonged to `info`. */
  readonly isFallbackAdapter?: boolean;
}

/** Browsers leave some of it empty, lest pages recognise their visitors by it. */
export interface GpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

export interface GpuDevice {
  readonly adapterInfo?: GpuAdapterInfo;
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(
    event: "uncapturederror",
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
}
