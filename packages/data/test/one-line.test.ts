import { DataError, oneLine } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { expect, test } from "vitest";

const texts = fc.string({ unit: "binary", maxLength: 3000, size: "max" });

test("what a terminal would obey becomes spaces", () => {
  expect(oneLine("a\r\nb\u2028c\u001b[2J\u202ed")).toBe("a  b c [2J d");
  expect(oneLine('"x" must be 1…3; got é.')).toBe('"x" must be 1…3; got é.');
});

test("a long message keeps its beginning and its end", () => {
  const long = oneLine(`x.npy: got ${"a".repeat(9999)}. Save it again.`);
  expect(long).toMatch(/^x\.npy: got a+ \[…\] a+\. Save it again\.$/);
  expect(long.length).toBeLessThan(1600);
});

law("is one printable line, however it is applied", texts, (text) => {
  const line = oneLine(text);
  expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(line.length).toBeLessThan(1600);
  expect(oneLine(line)).toBe(line);
});

law("is the message of every DataError", texts, (text) => {
  expect(new DataError(text).message).toBe(oneLine(text));
});
