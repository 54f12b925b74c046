import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder that fetched data is kept in: `MUIR_CACHE`, else `muir` in `XDG_CACHE_HOME`, else in the
 * user's folder for caches as the platform has it (`~/.cache`, `~/Library/Caches`, `%LOCALAPPDATA%`).
 *
 * @param options what it goes by, for tests.
 */
export function cacheFolder({
  environment = process.env,
  platform = process.platform,
  home = homedir(),
}: {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
} = {}): string {
  const { MUIR_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (MUIR_CACHE) return MUIR_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "muir");
  if (platform === "darwin") return join(home, "Library", "Caches", "muir");
  if (platform === "win32") return join(LOCALAPPDATA || join(home, "AppData", "Local"), "muir");
  return join(home, ".cache", "muir");
}
