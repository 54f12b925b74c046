/** Where a location is, as its name tells it. */
export interface ParsedAddress {
  readonly model: string;
  readonly parameter: string;
  /** Index in the parameter's stack of matrices. */
  readonly matrix: number;
}

/**
 * Reads a location's name: model `lenet`, parameter `fc1` and matrix 0 of `lenet/fc1[0] (0, 5)`.
 * What the name lacks is "" or 0, so that odd names still have a model.
 */
export function parseAddress(locationName: string): ParsedAddress {
  const model = locationName.split("/", 1)[0]!;
  const rest = locationName.slice(model.length + 1);
  const found = /^(.*?)\[(\d+)\]/.exec(rest);
  return { model, parameter: found?.[1] ?? "", matrix: found === null ? 0 : Number(found[2]) };
}
