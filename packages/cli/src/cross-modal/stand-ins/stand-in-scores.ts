import { encodeBases, type ScoreTable } from "@muir/data";
import { type Random, standardNormal } from "@muir/random";

const ROWS = 1500;
const MOTIFS = ["TGACGTCA", "GGGCGG", "TATAAA"];

/**
 * Random sequences of bases whose score tells how well their best place matches each of three motifs, with noise.
 * They stand in for measured ones where there are none.
 *
 * @param options `length`: bases of a sequence, 20 or more to hold the motifs.
 */
export function standInScores({ length, random }: { length: number; random: Random }): ScoreTable {
  const symbols = new Uint8Array(ROWS * length);
  const scores = new Float64Array(ROWS);
  const motifs = MOTIFS.map((motif) => encodeBases(motif, "motif"));
  for (let row = 0; row < ROWS; row++) {
    const own = symbols.subarray(row * length, (row + 1) * length);
    for (let place = 0; place < length; place++) own[place] = 1 + Math.floor(4 * random());
    for (const [i, motif] of motifs.entries()) {
      if (motif.length <= length && random() < 0.4) {
        own.set(motif, Math.floor(random() * (length - motif.length + 1)));
      }
      scores[row]! += bestMatch(own, motif) * (i === 1 ? -1 : 1);
    }
    scores[row]! += 0.1 * standardNormal(random);
  }
  return { symbols, length, scores };
}

/** The largest share of a motif's bases that one place has. */
function bestMatch(sequence: Uint8Array, motif: Uint8Array): number {
  let best = 0;
  for (let start = 0; start + motif.length <= sequence.length; start++) {
    const same = motif.reduce((count, base, i) => count + +(sequence[start + i] === base), 0);
    best = Math.max(best, same / motif.length);
  }
  return best;
}
