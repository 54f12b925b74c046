import { childFlags } from "@muir/bench";
import { expect, test } from "vitest";

test("keeps how programs are run, and leaves out what this one was", () => {
  const kept = [
    "--import",
    "tsx",
    "--conditions",
    "@muir/source",
    "--max-old-space-size=4096",
    "-C",
    "x",
  ];
  expect(childFlags(kept)).toEqual(kept);
  for (const own of [
    ["-e", "main()"],
    ["--eval", "main()"],
    ["--input-type=module", "-p", "1 + 1"],
    ["--input-type", "module"],
    ["--inspect-brk=9229"],
    ["--watch", "--watch-path", "src"],
    ["--inspect-port", "9230"],
    ["--test"],
    ["--test-reporter", "spec", "--test"],
    ["--test-name-pattern", "x"],
  ]) {
    expect(childFlags([...kept, ...own])).toEqual(kept);
    expect(childFlags([...own, ...kept])).toEqual(kept);
  }
});
