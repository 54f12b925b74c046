import { DataError } from "../data-error.js";
import type { PickledValue } from "./parse-pickle.js";

/** A value of a pickle that knows its place in it, and is what it is asked to be or a {@link DataError}. */
export interface Pickled {
  /** The file and the keys that lead here, for errors. */
  readonly place: string;
  /** Undefined where a dictionary lacks the key that led here. */
  readonly value: PickledValue | undefined;
  /** The value of a dictionary under this key. */
  get(key: PickledValue): Pickled;
  /** All pairs of a dictionary. */
  entries(): [PickledValue, Pickled][];
  list(): Pickled[];
  /** The two values of a pair. */
  pair(): [PickledValue, PickledValue];
  text(): string;
  /** A finite number. */
  number(): number;
  /** A whole number, 0 or more. */
  count(): number;
}

/** @param place what errors call the value. */
export function pickled(value: PickledValue | undefined, place: string): Pickled {
  const refuse = (expected: string): never => {
    throw new DataError(
      `${place}: must be ${expected}; got ${described(value)}. Use the files as their authors published them.`,
    );
  };
  const map = () => (value instanceof Map ? value : refuse("a dictionary"));
  const array = (expected = "a list") => (Array.isArray(value) ? value : refuse(expected));
  const inside = (key: PickledValue, found: PickledValue | undefined) =>
    pickled(found, `${place}[${described(key)}]`);
  const number = () =>
    typeof value === "number" && Number.isFinite(value) ? value : refuse("a finite number");
  return {
    place,
    value,
    get: (key) => inside(key, map().get(key)),
    entries: () => [...map()].map(([key, found]) => [key, inside(key, found)]),
    list: () => array().map((found, i) => inside(i, found)),
    pair() {
      const [first, second, ...more] = array("a pair");
      if (first === undefined || second === undefined || more.length > 0) return refuse("a pair");
      return [first, second];
    },
    text: () => (typeof value === "string" ? value : refuse("a string")),
    number,
    count: () =>
      Number.isSafeInteger(number()) && number() >= 0
        ? number()
        : refuse("a whole number, 0 or more"),
  };
}

function described(value: PickledValue | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Map) return `a dictionary of ${value.size}`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
