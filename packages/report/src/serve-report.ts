import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { reportPage } from "./report-page.js";
import { runVersion } from "./run-version.js";
import { readReport, type WriteReportOptions } from "./write-report.js";

/** What {@link serveReport} can be told. */
export interface ServeReportOptions extends WriteReportOptions {
  /** 0 unless given: any that is free. */
  readonly port?: number;
  /** Seconds between two looks at the folder, 2 unless given. */
  readonly secondsBetween?: number;
  /** Told what went wrong with a later look; the page before stays. */
  readonly onError?: (error: Error) => void;
}

/** A page that is being served. */
export interface ServedReport {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** Serves no longer, to those who still read either. */
  close(): Promise<void>;
}

/**
 * Serves the page of the run in `folder` to this machine alone, and brings it up to date in the
 * browser while the run goes on. Nothing is written.
 *
 * A page is made at most as often as leaves five sixths of a processor to the run.
 *
 * @throws {Error} what {@link readRun} and {@link readBank} throw at the first look, or that of the
 * port which is taken.
 * @example
 * ```ts
 * const { url, close } = await serveReport("runs/clean-7");
 * ```
 */
export async function serveReport(
  folder: string,
  options: ServeReportOptions = {},
): Promise<ServedReport> {
  const { port = 0, secondsBetween = 2, onError } = options;
  const readers = new Set<ServerResponse>();
  const make = async () => {
    const { record, ...beside } = await readReport(folder, options);
    return reportPage(record, { ...beside, live: true });
  };
  let version = await runVersion(folder);
  let page = await make();

  const server = createServer((request, response) => {
    if (!isLocal(request)) return refuse(response, 403);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    if (request.url === "/") {
      response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" });
      response.end(page);
    } else if (request.url === "/changes") {
      response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
      response.write("retry: 2000\n\n");
      readers.add(response);
      response.on("close", () => readers.delete(response));
    } else refuse(response, 404);
  });
  await listening(server, port);

  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const began = performance.now();
    try {
      const found = await runVersion(folder);
      if (found !== version) {
        page = await make();
        version = found; // after it succeeded: what failed is tried again
        for (const reader of readers) reader.write("data: changed\n\n");
      }
    } catch (error) {
      onError?.(error as Error);
    }
    const pause = Math.max(1000 * secondsBetween, 5 * (performance.now() - began));
    if (!closed) timer = setTimeout(look, pause);
  };
  timer = setTimeout(look, 1000 * secondsBetween);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      closed = true;
      clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Pages from elsewhere may not read this one, whatever name they give this machine. */
function isLocal({ headers: { host } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? "");
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, headers);
  response.end();
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      done();
    });
  });
}

const headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
} as const;
