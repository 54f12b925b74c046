/** What a fetch is at. */
export type FetchProgress =
  | {
      readonly phase: "download" | "verify" | "unpack" | "read";
      /** Bytes done of this phase; 0 where they are not counted. */
      readonly done: number;
      /** Bytes of this phase; null where not known. */
      readonly total: number | null;
    }
  | {
      /** The network failed, and the download is tried again after so many seconds. */
      readonly phase: "wait";
      readonly problem: string;
      readonly seconds: number;
    };

/** Told again and again how a fetch goes on. */
export type OnFetchProgress = (progress: FetchProgress) => void;
