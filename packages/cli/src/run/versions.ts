import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";

const require = createRequire(import.meta.url);

/** The version of the muir program. */
export const muirVersion = (require("@muir/cli/package.json") as { version: string }).version;

/** What a run was made with. */
export function versions(): Readonly<Record<string, string>> {
  return { muir: muirVersion, tfjs: tf.version_core, node: process.versions.node };
}
