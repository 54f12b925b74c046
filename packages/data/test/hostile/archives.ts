import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDataError } from "@muir/data";
import type { HostileReader } from "@muir/test-kit";
import { readArchive } from "../../src/node/archive/read-archive.js";
import { unpack } from "../../src/node/fetch/unpack.js";
import { type MadeEntry, plainTarOf, tarOf, zipOf } from "../node/archive-bytes.js";

const LIMIT = 1e6;
const entries: MadeEntry[] = [
  { path: "set/readme.txt", content: "hello" },
  { path: "set/deep/data.bin", content: Uint8Array.from({ length: 700 }, (_, i) => (i * i) % 251) },
  { path: "empty", content: "" },
];
const FORMATS = [
  ["tar", plainTarOf, ["ustar", "../", "/etc/", "\0", "0000007\0", "2", "5", "x"]],
  ["tar.gz", tarOf, ["\u001f"]],
  [
    "zip",
    zipOf,
    ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "../", "/etc/", "\\", "C:"],
  ],
] as const;

/** The readers of archives; those that unpack do so three folders deep in `folder`, so that an escape shows. */
export function archives(folder: string): readonly HostileReader[] {
  return FORMATS.flatMap(([name, archiveOf, words]) => {
    const common = { files: [archiveOf(entries)], words, isRefusal: isDataError };
    const read = (bytes: Uint8Array) => readInside(join(folder, `read-${name}`), bytes);
    const unpacked = (bytes: Uint8Array) => unpackInside(join(folder, `unpack-${name}`), bytes);
    return [
      { ...common, name: `${name}, read`, weight: 0.2, read },
      { ...common, name: `${name}, unpacked`, weight: 0.08, read: unpacked },
    ];
  });
}

async function readInside(path: string, bytes: Uint8Array): Promise<void> {
  writeFileSync(path, bytes);
  let size = 0;
  await readArchive(path, { limit: LIMIT }, async ({ content }) => {
    for await (const chunk of await content()) size += chunk.length;
    if (size > LIMIT) throw new Error(`${size} bytes came out`);
  });
}

async function unpackInside(root: string, bytes: Uint8Array): Promise<void> {
  const target = join(root, "a", "b", "c");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const archive = join(root, "archive");
  writeFileSync(archive, bytes);
  const done = unpack(archive, target, { limit: LIMIT, onBytes: () => {} });
  const refusal = await done.catch((error: unknown) => error);
  const above = [root, join(root, "a"), join(root, "a", "b")].flatMap((each) => readdirSync(each));
  if (above.sort().join() !== "a,archive,b,c") throw new Error(`outside of its folder: ${above}`);
  if (refusal !== undefined) throw refusal;
}
