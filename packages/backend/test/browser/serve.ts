import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const wasmFiles = new URL(
  "../../node_modules/@tensorflow/tfjs-backend-wasm/dist/",
  import.meta.url,
);

/** A server of one page on this machine. */
export interface Served {
  readonly address: string;
  /** What the page told. */
  readonly report: Promise<unknown>;
  close(): void;
}

/** Serves a script in a page of its own, beside the files that the wasm backend fetches. */
export async function serve(
  script: Uint8Array,
  { isolated = false }: { isolated?: boolean } = {},
): Promise<Served> {
  let told: (report: unknown) => void;
  const report = new Promise<unknown>((resolve) => {
    told = resolve;
  });
  const server = createServer((request, response) => {
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    if (request.method === "POST") return void read(request).then((text) => told(JSON.parse(text)));
    answer(new URL(request.url!, "http://localhost").pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    report,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };

  function answer(path: string, response: ServerResponse): void {
    const wasm = new URL(path.slice("/wasm/".length), wasmFiles);
    if (path === "/") {
      response.setHeader("Content-Type", "text/html");
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
    } else if (path === "/page.js") {
      response.setHeader("Content-Type", "text/javascript");
      response.end(script);
    } else if (path.startsWith("/wasm/") && existsSync(fileURLToPath(wasm))) {
      response.setHeader("Content-Type", "application/wasm");
      response.end(readFileSync(wasm));
    } else {
      response.statusCode = 404;
      response.end();
    }
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
