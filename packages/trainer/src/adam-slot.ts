import * as tf from "@tensorflow/tfjs-core";

/** A parameter's moments and how many steps made them. */
export interface AdamSlot {
  readonly firstMoment: tf.Tensor;
  readonly secondMoment: tf.Tensor;
  readonly step: number;
}

/** The slot before a parameter's first step. */
export function freshSlot(parameter: tf.Tensor): AdamSlot {
  return {
    firstMoment: tf.keep(tf.zerosLike(parameter)),
    secondMoment: tf.keep(tf.zerosLike(parameter)),
    step: 0,
  };
}

/** Nothing is ever changed in place, so a copy may share the numbers. */
export function copySlot({ firstMoment, secondMoment, step }: AdamSlot): AdamSlot {
  return {
    firstMoment: tf.keep(tf.clone(firstMoment)),
    secondMoment: tf.keep(tf.clone(secondMoment)),
    step,
  };
}

/** Frees a slot's moments. */
export function disposeSlot({ firstMoment, secondMoment }: AdamSlot): void {
  tf.dispose([firstMoment, secondMoment]);
}

/** A slot whose moments are zero in some rows, in place of the given one. */
export function withoutRows(slot: AdamSlot, rows: readonly number[]): AdamSlot {
  const firstMoment = tf.keep(zeroedRows(slot.firstMoment, rows));
  const secondMoment = tf.keep(zeroedRows(slot.secondMoment, rows));
  disposeSlot(slot);
  return { ...slot, firstMoment, secondMoment };
}

function zeroedRows(tensor: tf.Tensor, rows: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const mask = new Float32Array(tensor.shape[0]!).fill(1);
    for (const row of rows) mask[row] = 0;
    return tf.mul(tensor, tf.tensor(mask, [mask.length, ...tensor.shape.slice(1).map(() => 1)]));
  });
}
