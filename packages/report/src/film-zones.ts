import type { ColumnOrder } from "./column-order.js";
import type { Area } from "./film-axes.js";
import { type HoverZone, hoverZones } from "./hover-zones.js";
import type { Markup } from "./markup.js";
import type { RunConfig } from "./run-record.js";

/**
 * Over a film: the address of the location one points at, and the hypermodule it ended up with. A
 * zone is at least a pixel wide, and names the first of its locations where it holds several.
 */
export function filmZones(
  { locations }: ColumnOrder,
  { config, last, area }: { config: RunConfig; last: Int32Array; area: Area },
): Markup {
  const count = Math.min(locations.length, Math.floor(area.width));
  const width = area.width / count;
  const zones = Array.from({ length: count }, (_, zone): HoverZone => {
    const from = Math.floor((zone * locations.length) / count);
    const to = Math.floor(((zone + 1) * locations.length) / count);
    const location = locations[from]!;
    const name = config.locationNames?.[location] ?? `location ${location}`;
    const modules = new Set(locations.subarray(from, to).map((one) => last[one]!));
    const others = to - from > 1 ? ` and ${to - from - 1} more` : "";
    const uses = modules.size === 1 ? `H${last[location]}` : `${modules.size} hypermodules`;
    return {
      x: area.left + zone * width,
      y: area.top,
      width,
      height: area.height,
      text: `${name}${others}: ${uses}`,
    };
  });
  const room = area.width - 72; // beside the title of the vertical axis
  return hoverZones(zones, { x: area.left + area.width, y: area.top - 9, width: room });
}
