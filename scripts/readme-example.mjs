/**
 * What a README promises an outsider: what to install, a program, and the lines it prints.
 *
 * The program is the first `ts` block. If the next block, still in the same section, is `text` or has
 * no language, it holds the output.
 */
export function readmeExample(markdown) {
  const blocks = [...markdown.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)];
  const first = blocks.findIndex(([, language]) => language === "ts");
  const next = first < 0 ? undefined : blocks[first + 1];
  const between = next && markdown.slice(blocks[first].index + blocks[first][0].length, next.index);
  const printed = next && ["", "text"].includes(next[1]) && !/^#/m.test(between) ? next[2] : "";
  return {
    installs: installsOf(blocks),
    program: blocks[first]?.[2],
    prints: printed.split("\n").filter((line) => line.trim() !== ""),
  };
}

/** Packages that the README's `npm i` lines name. */
function installsOf(blocks) {
  return blocks
    .filter(([, language]) => ["sh", "bash"].includes(language))
    .flatMap(([, , code]) => [...code.matchAll(/^npm (?:i|install)\b(.*)$/gm)])
    .filter(([, names]) => !names.includes("--ignore-scripts")) // data, which no example needs
    .flatMap(([, names]) => names.replace(/#.*/, "").split(/\s+/))
    .filter((name) => name !== "" && !name.startsWith("-"));
}

/** Whether a program is a test file: vitest has to run it. */
export function isTest(program) {
  return /from "vitest"|from "@muir\/[\w-]+\/laws"/.test(program);
}
