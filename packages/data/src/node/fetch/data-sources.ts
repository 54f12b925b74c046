import { DataError } from "../../data-error.js";
import { MOST_UNPACKED, readCifar10Images } from "../read-cifar10.js";
import { readCrisprBinding } from "../read-crispr-binding.js";
import { readText } from "../read-text.js";

/** The datasets that can be fetched by name. */
export const DATA_NAMES = ["cifar10", "wikitext2", "crispr"] as const;

/** A dataset that can be fetched. */
export type DataName = (typeof DATA_NAMES)[number];

/** Where the official archive of a dataset is, and what is known of it. */
export interface DataSource {
  /** Null where no address is known that answers. */
  readonly url: string | null;
  /** Bytes of the archive; null where not known. */
  readonly size: number | null;
  /** SHA-256 of the archive, in hexadecimal; null where nobody has published it. */
  readonly sha256: string | null;
  /** The most bytes that may come out of it. */
  readonly unpacked: number;
  /**
   * Reads what was unpacked and says in a few words what it is.
   *
   * @throws {DataError} if it is not that dataset.
   */
  check(folder: string): Promise<string>;
}

const MEGABYTE = 1e6;

/** What is known of each dataset. Only CIFAR-10's checksum has been published. */
export const DATA_SOURCES: Readonly<Record<DataName, DataSource>> = {
  cifar10: {
    url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    size: 170_052_171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    unpacked: MOST_UNPACKED,
    async check(folder) {
      const { train, test } = await readCifar10Images(folder);
      return `${counted(train.shape[0])} training and ${counted(test.shape[0])} test images`;
    },
  },
  wikitext2: {
    // its author's own mirror: the first address, on research.metamind.io, has answered 403 since 2024
    url: "https://wikitext.smerity.com/wikitext-2-v1.zip",
    size: null,
    sha256: null,
    unpacked: 50 * MEGABYTE,
    async check(folder) {
      const { tokens, vocabulary } = await readText(folder);
      const found = [tokens.train.length, tokens.validation.length, tokens.test.length];
      // Merity et al. 2016, table 1, and the vocabulary of its training text
      const official = [2_088_628, 217_646, 245_569, 33_278];
      const off = [...found, vocabulary.words.length].some((count, i) => count !== official[i]);
      if (off) {
        throw new DataError(
          `${folder}: WikiText-2 must have ${official.slice(0, 3).map(counted).join(", ")} tokens and ${counted(official[3]!)} words; got ${found.map(counted).join(", ")} and ${counted(vocabulary.words.length)}. Get wikitext-2-v1.zip (not the raw one); texts of your own are read without fetching.`,
        );
      }
      return `${found.map(counted).join(", ")} tokens, ${counted(vocabulary.words.length)} words`;
    },
  },
  crispr: {
    url: null,
    size: null,
    sha256: null,
    unpacked: 20_000 * MEGABYTE,
    async check(folder) {
      const { train, validation, test } = (await readCrisprBinding(folder)).splits;
      return `${[train, validation, test].map(({ size }) => counted(size)).join(", ")} sequences`;
    },
  },
};

const counted = (count: number) => count.toLocaleString("en");
