import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { Header, type types } from "tar";

/** One entry of an archive that a test makes, honest or not. */
export interface MadeEntry {
  readonly path: string;
  readonly content?: Uint8Array | string;
  readonly type?: types.EntryTypeName;
  readonly linkpath?: string;
}

const bytesOf = ({ content = "" }: MadeEntry) => Buffer.from(content);

/** A tar archive, compressed. */
export const tarOf = (entries: readonly MadeEntry[]): Uint8Array => gzipSync(plainTarOf(entries));

/** A tar archive as it is. */
export function plainTarOf(entries: readonly MadeEntry[]): Uint8Array {
  const blocks = entries.flatMap((entry) => {
    const bytes = bytesOf(entry);
    const { path, type = "File", linkpath } = entry;
    const header = new Header({
      ...{ path, type, size: bytes.length, mode: 0o644, mtime: new Date(0) },
      ...(linkpath !== undefined && { linkpath }),
    });
    const head = Buffer.alloc(512);
    header.encode(head);
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const UNIX = 3;

/** A zip archive. */
export function zipOf(entries: readonly MadeEntry[]): Uint8Array {
  return zipSync(
    Object.fromEntries(
      entries.map((entry) => {
        const mode = entry.type === "SymbolicLink" ? 0o120777 : 0o100644;
        return [entry.path, [bytesOf(entry), { os: UNIX, attrs: (mode << 16) >>> 0 }]];
      }),
    ),
  );
}
