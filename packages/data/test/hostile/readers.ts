import type { HostileReader } from "@muir/test-kit";
import { archives } from "./archives.js";
import { fileReaders } from "./file-readers.js";
import { parsers } from "./parsers.js";

/** All readers of this package. What they read from files, they first write into `folder`. */
export const readers = (folder: string): readonly HostileReader[] => [
  ...parsers,
  ...fileReaders(folder),
  ...archives(folder),
];
