import { bytesField, doubleField, floatField, varintField } from "./protobuf.js";

/** A number under a name, such as `validation_loss/lenet`. */
export type Scalar = readonly [tag: string, value: number];

/** What a file of events begins with. */
export function firstEvent(wallTime: number): Uint8Array {
  return message([
    doubleField(event.wallTime, wallTime),
    bytesField(event.fileVersion, "brain.Event:2"),
  ]);
}

/**
 * Scalars of one step as TensorFlow's `Event` message. Values are written as floats.
 *
 * @param wallTime seconds since 1970.
 * @param step from 0.
 */
export function scalarEvent(
  scalars: readonly Scalar[],
  { wallTime, step }: { wallTime: number; step: number },
): Uint8Array {
  const values = scalars.map(([tag, value]) =>
    bytesField(summary.value, [
      bytesField(summaryValue.tag, tag),
      floatField(summaryValue.simpleValue, value),
    ]),
  );
  return message([
    doubleField(event.wallTime, wallTime),
    varintField(event.step, step),
    bytesField(event.summary, values),
  ]);
}

function message(fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...fields]);
}

// field numbers of event.proto and summary.proto of TensorFlow
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const summary = { value: 1 } as const;
const summaryValue = { tag: 1, simpleValue: 2 } as const;
