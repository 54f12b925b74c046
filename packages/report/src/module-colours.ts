import { alignmentAfter, alignmentRows } from "./alignment-rows.js";
import { oklch, type Rgb } from "./oklch.js";
import type { RunRecord } from "./run-record.js";

/** A colour for each hypermodule, the same in every figure of a run. */
export interface ModuleColours {
  /** At most 256 colours, so that a picture needs one byte a cell. */
  readonly palette: readonly Rgb[];
  /** The place in `palette` of each hypermodule's colour, `[modules]`. */
  readonly index: Uint8Array;
  /** Hypermodules of the last alignment, most used first. */
  readonly survivors: readonly number[];
}

/**
 * Colours that tell the story of a run: hypermodules that the last alignment uses are vivid, the
 * most used ones told apart best; those that died out are misty.
 *
 * The first ten vivid colours keep an OKLab distance of at least 0.09 under protanopia, deuteranopia
 * and tritanopia. Further survivors take 64 softer colours and the rest 96 misty ones in turn, so
 * beyond ten survivors two hypermodules can look alike.
 */
export function moduleColours(record: RunRecord): ModuleColours {
  const survivors = mostUsedFirst(alignmentAfter(record, alignmentRows(record) - 1));
  const index = Uint8Array.from(
    { length: record.config.modules },
    (_, module) => vivid.length + soft.length + (module % misty.length),
  );
  survivors.forEach((module, rank) => {
    const beyond = rank - vivid.length;
    index[module] = beyond < 0 ? rank : vivid.length + (beyond % soft.length);
  });
  return { palette: [...vivid, ...soft, ...misty], index, survivors };
}

/** Ties go to the one whose first location comes first. */
function mostUsedFirst(alignment: Int32Array): number[] {
  const uses = new Map<number, number>();
  for (const module of alignment) uses.set(module, (uses.get(module) ?? 0) + 1);
  return [...uses.keys()].sort((a, b) => uses.get(b)! - uses.get(a)!);
}

// found by greedy search over OKLCH for the largest least distance under colour blindness
const vivid: readonly Rgb[] = [
  [0x2b, 0x5f, 0xc7],
  [0xf4, 0xa9, 0x3f],
  [0xc2, 0x31, 0x5f],
  [0x5f, 0xc3, 0xd9],
  [0x6d, 0x1b, 0x78],
  [0x95, 0x83, 0xfa],
  [0xa8, 0x7f, 0x0a],
  [0x42, 0x4e, 0x08],
  [0x9e, 0xdc, 0xae],
  [0xfc, 0x71, 0x80],
];

const goldenAngle = 137.508; // neighbours in number are far apart in hue

const soft: readonly Rgb[] = Array.from({ length: 64 }, (_, i) =>
  oklch({ lightness: 0.5 + 0.08 * (i % 5), chroma: 0.1, hue: 20 + i * goldenAngle }),
);

const misty: readonly Rgb[] = Array.from({ length: 96 }, (_, i) =>
  oklch({ lightness: 0.66 + 0.045 * ((2 * i) % 5), chroma: 0.032, hue: 250 + i * goldenAngle }),
);
