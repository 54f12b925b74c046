// Starts the wasm backend by itself, then with useBackend: what a program does that does not know better.
import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";

tf.enableProdMode();
await tf.setBackend("wasm");
const { device } = await useBackend("wasm");
console.log(device);
await useBackend("wasm", { threads: 2 }).catch((error: Error) => console.log(error.message));
const auto = await useBackend("auto", { threads: 2 });
console.log(`${auto.name}: ${auto.device}`);
