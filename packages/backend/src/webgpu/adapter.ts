import type { GpuAdapter, GpuAdapterInfo } from "./web-gpu.js";

/** Drivers that compute on the CPU, under the names they give themselves. */
const emulators = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render/i;

/** Whether the CPU plays the part of the GPU. */
export function isEmulated({ info, isFallbackAdapter }: GpuAdapter): boolean {
  if (isFallbackAdapter || info?.isFallbackAdapter) return true;
  return emulators.test(namesOf(info).join(" "));
}

/** The device in words: `nvidia ampere (NVIDIA GeForce RTX 3080)`; empty where nothing is told. */
export function describeAdapter(info: GpuAdapterInfo | undefined): string {
  const [vendor, architecture, device, description] = namesOf(info);
  const kind = [vendor, architecture].filter(Boolean).join(" ");
  const detail = description || device;
  if (!detail) return kind;
  return kind ? `${kind} (${detail})` : detail;
}

function namesOf(info: GpuAdapterInfo | undefined): string[] {
  const { vendor = "", architecture = "", device = "", description = "" } = info ?? {};
  return [vendor, architecture, device, description];
}
