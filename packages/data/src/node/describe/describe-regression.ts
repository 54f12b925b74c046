import { basename } from "node:path";
import { parseNpy } from "../../parse-npy.js";
import { readBytes } from "../read-bytes.js";
import { readRegressionFolder } from "../read-regression-folder.js";
import { counted, type DataDescription, short } from "./description.js";

/** A folder of regression tasks, its last five training samples taken to validate. */
export async function describeRegression(path: string): Promise<DataDescription> {
  const { train, validation, test } = await readRegressionFolder(path);
  const { inputs, targets } = train.batch(Int32Array.of(0));
  const [width] = train.inputShape;
  return {
    kind: "regression tasks",
    path,
    facts: [
      ["tasks", counted(train.tasks)],
      ...Object.entries({ train, validation, test }).map(
        ([part, { size }]) => [part, `${counted(size)} samples a task`] as const,
      ),
      ["inputs", `${width} numbers`],
    ],
    samples: [`${numbers(inputs.data.subarray(0, width))} -> ${short(targets.data[0]!)}`],
  };
}

/** One array. */
export async function describeNpy(path: string): Promise<DataDescription> {
  const { shape, data } = parseNpy(await readBytes(path), path);
  return {
    kind: "array",
    path,
    facts: [
      ["file", basename(path)],
      ["shape", `[${shape.join(", ")}]`],
    ],
    samples: [numbers(data)],
  };
}

const numbers = (values: ArrayLike<number>) =>
  Array.from({ length: Math.min(values.length, 8) }, (_, i) => short(values[i]!)).join(" ") +
  (values.length > 8 ? " …" : "");
