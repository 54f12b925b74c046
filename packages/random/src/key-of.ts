/** A 32-bit key that differs for each label under one parent (FNV-1a over UTF-16, then Murmur3's finalizer). */
export function keyOf(parent: number, label: string): number {
  let hash = 0x811c9dc5 ^ scramble(parent);
  for (let i = 0; i < label.length; i++) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  }
  return scramble(hash) >>> 0;
}

function scramble(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
