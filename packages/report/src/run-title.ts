import type { RunConfig } from "./run-record.js";

/** What a run was, in one line: `synthetic · clean · muir · seed 7`. */
export function runTitle({ experiment, variant, method, seed }: RunConfig): string {
  return [experiment, variant, method, `seed ${seed}`].join(" · ");
}
