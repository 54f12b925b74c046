import type { BackendName } from "./backend-name.js";

/** What to install or change for each backend that is not there. */
export const remedies: Readonly<Record<BackendName, string>> = {
  "tfjs-node-gpu":
    "Run `npm i @tensorflow/tfjs-node-gpu` on a machine with an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1, or choose another backend.",
  "tfjs-node": "Run `npm i @tensorflow/tfjs-node`, or choose another backend.",
  webgpu:
    "Run `npm i webgpu @tensorflow/tfjs-backend-webgpu` (Node), or use a browser with WebGPU, or choose another backend.",
  wasm: "Run `npm i @tensorflow/tfjs-backend-wasm`, or choose another backend.",
  cpu: 'Import "@tensorflow/tfjs" or "@tensorflow/tfjs-backend-cpu" once in your program.',
};
