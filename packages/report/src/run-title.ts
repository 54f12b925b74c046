import type { RunConfig } from "./run-record.js";

/** What a run was, in one line: `synthetic · clean · muir · seed 7`. */
export function runTitle({ experiment, variant, method, seed }: RunConfig): string {
  return [experiment, variant, method, `seed ${seed}`].join(" · ");
}

/** `1 location`, `30 locations`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
