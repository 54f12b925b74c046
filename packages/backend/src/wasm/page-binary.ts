import { BackendUnavailable } from "../backend-unavailable.js";

/**
 * Where a page finds the `.wasm` files of `@tensorflow/tfjs-backend-wasm/dist`: the address of the
 * folder they are served from, or the address of each file by its name.
 */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** A WebAssembly file begins with a zero and its name. */
const MAGIC = [0, 0x61, 0x73, 0x6d];

/** A file of the backend, and where it is. */
export interface PageBinary {
  readonly address: string;
  readonly bytes: Uint8Array;
}

/**
 * Fetches the binary that the backend will run in this page.
 *
 * @throws {BackendUnavailable} if it is not named, is not served, or something else is in its place.
 */
export async function fetchBinary(name: string, paths: WasmPaths): Promise<PageBinary> {
  const address = typeof paths === "string" ? inFolder(paths, name) : paths[name];
  if (address === undefined) {
    const given = Object.keys(paths).join(", ") || "none";
    throw unavailable(`wasmPaths must name ${name}; got ${given}.`);
  }
  const response = await fetch(address).catch((error: unknown) => {
    throw unavailable(`${address} must be served; got ${(error as Error).message}.`);
  });
  if (!response.ok) throw unavailable(`${address} must be served; got status ${response.status}.`);
  const bytes = new Uint8Array(
    await response.arrayBuffer().catch((error: unknown) => {
      throw unavailable(`${address} must be served whole; got ${(error as Error).message}.`);
    }),
  );
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    // servers of single-page programs answer whatever is asked with the page
    const type = response.headers.get("Content-Type") ?? "no type";
    throw unavailable(
      `${address} must be a WebAssembly file; got ${bytes.length} bytes (${type}).`,
    );
  }
  return { address, bytes };
}

/** Of an empty folder's name, in the page's own. */
const inFolder = (folder: string, name: string) =>
  folder === "" || folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;

/** What a page has to do that lacks a file of the backend. */
export const SERVE_FILES =
  "Serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and give useBackend their addresses: `{ wasmPaths }`.";

const unavailable = (problem: string) =>
  new BackendUnavailable("wasm", { problem, remedy: SERVE_FILES });
