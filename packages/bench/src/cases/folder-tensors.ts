import * as tf from "@tensorflow/tfjs-core";
import type { Folder, Numbers } from "../tensor-folder.js";

/** Numbers that a folder must hold under a name. */
export function numbersOf(
  folder: Folder,
  name: string,
): { shape: number[]; data: Numbers["values"] } {
  const entry = folder[name];
  if (entry === undefined || !("values" in entry)) {
    throw new Error(`numbersOf: the folder must hold numbers named "${name}"; got none.`);
  }
  return { shape: [...entry.shape], data: entry.values };
}

/** The tensor that a folder holds under a name; the caller owns it. */
export function tensorNamed(folder: Folder, name: string): tf.Tensor {
  const { shape, data } = numbersOf(folder, name);
  return tf.tensor(data, shape, data instanceof Int32Array ? "int32" : "float32");
}

/** The numbers of tensors by name; frees the tensors. */
export async function readAndDispose(tensors: Record<string, tf.Tensor>): Promise<Folder> {
  const entries = Object.entries(tensors).map(
    async ([name, tensor]): Promise<[string, Numbers]> => {
      const values = (await tensor.data()).slice() as Float32Array;
      return [name, { shape: tensor.shape, values }];
    },
  );
  const folder = Object.fromEntries(await Promise.all(entries));
  tf.dispose(tensors);
  return folder;
}
