import { DataError, isDataError } from "@muir/data";
import { expect, test } from "vitest";

test("a DataError is an Error with its name, message and cause", () => {
  const cause = new Error("disk");
  const error = new DataError("x.npy: missing.", { cause });
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.message, error.cause]).toEqual(["DataError", "x.npy: missing.", cause]);
});

test("isDataError knows a DataError of another copy of the package", () => {
  const foreign = Object.assign(new Error("x.npy"), { [Symbol.for("@muir/data.DataError")]: true });
  expect(isDataError(foreign)).toBe(true);
  expect(isDataError(new DataError("x.npy"))).toBe(true);
});

test("isDataError rejects everything else", () => {
  for (const other of [new RangeError("x"), { name: "DataError" }, "DataError", null, undefined]) {
    expect(isDataError(other)).toBe(false);
  }
});
