import type { BackendName } from "./backend-name.js";
import { BackendUnavailable } from "./backend-unavailable.js";
import { remedies } from "./remedies.js";

/** What an error of `import()` may say besides its message. */
interface ImportFailure {
  readonly code?: string;
  readonly message?: string;
}

/** For which backend a peer is imported, and what to say where it cannot be. */
export interface PeerOptions {
  readonly backend: BackendName;
  /** Where the package is not there; unless told otherwise, that the backend is not installed. */
  readonly notInstalled?: { readonly problem: string; readonly remedy: string };
  /** What to do where the package is there and its native library is not, or does not fit this machine. */
  readonly noLibrary?: string;
  /** The import itself, where a bundler should see it. */
  readonly load?: () => Promise<unknown>;
}

/**
 * Imports an optional peer of this package by name, when it is asked for.
 *
 * A package manager that skips install scripts leaves a native package without its library. That
 * is not the same as not installed, though the error looks alike: what is missing then is a file.
 *
 * @throws {BackendUnavailable} if it, or its native library, is not there; or what it throws itself.
 */
export async function importPeer(
  specifier: string,
  { backend, ...options }: PeerOptions,
): Promise<unknown> {
  const {
    notInstalled = { problem: "it is not installed.", remedy: remedies[backend] },
    noLibrary = remedies[backend],
    load = () => import(/* @vite-ignore */ specifier),
  } = options;
  try {
    return await load();
  } catch (error) {
    const failure = error as ImportFailure;
    if (isNotInstalled(failure, specifier)) {
      throw new BackendUnavailable(backend, notInstalled);
    }
    if (!lacksLibrary(failure)) throw error;
    const [said] = String(failure.message).split("\n");
    throw new BackendUnavailable(backend, {
      problem: `its native library is missing or does not load: ${said!.trim().replace(/\.$/, "")}.`,
      remedy: noLibrary,
    });
  }
}

/** Whether the package itself was not found, rather than something that it needs. */
function isNotInstalled({ code, message = "" }: ImportFailure, specifier: string): boolean {
  const [said] = message.split("\n");
  if (!said!.includes(specifier)) return false;
  if (code === "ERR_MODULE_NOT_FOUND") return true;
  if (code === "MODULE_NOT_FOUND") return !/\.node'/.test(said!);
  // bundlers and browsers have no codes; each says so in its own words
  return code === undefined && /could not resolve|specifier|module name/i.test(said!);
}

function lacksLibrary({ code, message = "" }: ImportFailure): boolean {
  if (code === "ERR_DLOPEN_FAILED" || message.includes("tfjs_binding")) return true;
  return code === "MODULE_NOT_FOUND" && /\.node'/.test(message);
}
