import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { OnFetchProgress } from "@muir/data/node";
import { onTestFinished } from "vitest";

/** A file on a server, and how the server behaves. What it holds may change between requests. */
export interface ServedFile {
  content: Uint8Array;
  /** What names this version; null for none. */
  etag: string | null;
  /** Whether it answers a request for a part with that part. */
  ranges: boolean;
  /** Whether it gives a part of any version, though one was asked for. */
  careless: boolean;
  /** Whether it says how long the file is. */
  length: boolean;
  /** Whether it never answers. */
  silent: boolean;
  /** For each of the next requests, after how many bytes its connection is cut, once they were seen. */
  cuts: number[];
  /** Bytes of the file that its reader says it has: see {@link FileServer.see}. */
  seen: number;
  /** An answer in place of the file, for each of the next requests. */
  refusals: number[];
}

/** A server on this machine with one file. */
export interface FileServer {
  readonly file: ServedFile;
  /** The file's address. */
  readonly url: string;
  /** An address that sends on to the file's. */
  readonly moved: string;
  /** The bytes each request so far asked for: the `Range` header, or nothing. */
  readonly requests: (string | undefined)[];
  /** To be told the progress of a fetch. Bytes that nobody has seen could be lost where a connection is cut. */
  readonly see: OnFetchProgress;
}

/** Serves `content` until the test ends. */
export async function serve(content: Uint8Array): Promise<FileServer> {
  const file: ServedFile = {
    ...{ content, etag: '"v1"', ranges: true, careless: false, length: true, silent: false },
    ...{ cuts: [], seen: 0, refusals: [] },
  };
  const requests: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url === "/moved") {
      response.writeHead(302, { location: "/archive" }).end();
      return;
    }
    requests.push(request.headers.range);
    if (!file.silent) answer(file, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const see: OnFetchProgress = (progress) => {
    if (progress.phase === "download") file.seen = progress.done;
  };
  return { file, url: `${root}/archive`, moved: `${root}/moved`, requests, see };
}

function answer(file: ServedFile, { headers }: IncomingMessage, response: ServerResponse): void {
  const refusal = file.refusals.shift();
  if (refusal !== undefined) {
    response.writeHead(refusal).end("no");
    return;
  }
  const { content, etag, ranges, careless } = file;
  const wanted = headers["if-range"];
  const current = careless || wanted === undefined || wanted === etag;
  const asked = ranges && current ? /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] : undefined;
  const start = Number(asked ?? 0);
  if (start > 0 && start >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
    return;
  }
  response.writeHead(asked === undefined ? 200 : 206, {
    ...(etag !== null && { etag }),
    ...(file.length && { "content-length": content.length - start }),
    ...(asked !== undefined && {
      "content-range": `bytes ${start}-${content.length - 1}/${content.length}`,
    }),
  });
  const cut = file.cuts.shift();
  const bytes = content.subarray(start);
  if (cut === undefined) response.end(bytes);
  else {
    file.seen = start;
    response.write(bytes.subarray(0, cut));
    const watch = setInterval(() => {
      if (file.seen < start + cut && !response.destroyed) return;
      clearInterval(watch);
      response.destroy();
    }, 2);
  }
}
