import { existsSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";

/** Where exact numbers from another framework lie, when a developer has them beside the project. */
const folder = new URL("../../../../shared/fixtures/", import.meta.url);

/** A tensor as the fixture files hold it. */
export interface StoredTensor {
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
  readonly data: number[];
}

/** Tensors by the names that PyTorch gives them. */
export type Stored = Readonly<Record<string, StoredTensor>>;

export const hasFixtures = existsSync(folder);

/** Reads one fixture file. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as T;
}

/** The stored numbers as a tensor. */
export const restored = ({ data, shape, dtype }: StoredTensor) => tf.tensor(data, shape, dtype);
