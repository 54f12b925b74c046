import { relative, resolve } from "node:path";

/** A path to copy from the terminal: as short as it works from the current folder. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? resolve(path) : fromHere || ".";
}
