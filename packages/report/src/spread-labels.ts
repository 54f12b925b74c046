/**
 * Where to put labels that would like to stand at `wishes` along an axis, so that none covers
 * another: those nearer than `apart` are spread evenly around their common middle, order kept.
 *
 * @param wishes in pixels, any order.
 * @returns pixels, in the order of `wishes`.
 * @example
 * ```ts
 * spreadLabels([10, 12, 80], 14); // [4, 18, 80]
 * ```
 */
export function spreadLabels(wishes: readonly number[], apart: number): number[] {
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[a]! - wishes[b]!);
  const heaps: { members: number[]; middle: number }[] = [];
  for (const label of order) {
    let heap = { members: [label], middle: wishes[label]! };
    for (let below = heaps.at(-1); below !== undefined; below = heaps.at(-1)) {
      const room = ((below.members.length + heap.members.length) / 2) * apart;
      if (heap.middle - below.middle >= room) break;
      heaps.pop();
      const members = [...below.members, ...heap.members];
      const sum = members.reduce((total, member) => total + wishes[member]!, 0);
      heap = { members, middle: sum / members.length };
    }
    heaps.push(heap);
  }
  const places = new Array<number>(wishes.length);
  for (const { members, middle } of heaps) {
    members.forEach((member, i) => {
      places[member] = middle + (i - (members.length - 1) / 2) * apart;
    });
  }
  return places;
}
