/** A reader of files, with what it takes to try it with hostile ones. */
export interface HostileReader {
  readonly name: string;
  /** Valid files, short. */
  readonly files: readonly Uint8Array[];
  /** Words of the format, see {@link MutatedBytesOptions}. */
  readonly words?: readonly (string | Uint8Array)[];
  /** How many inputs it gets for each one of another's; 1 unless told otherwise, less where it is slow. */
  readonly weight?: number;
  /** Reads these bytes as a file. Throws, or rejects, where it should not have let something happen. */
  read(bytes: Uint8Array): unknown;
  /** Whether an error is the one that the reader promises for a file that cannot be used. */
  isRefusal(error: unknown): error is Error;
}

/** More than this, and an error tells nobody what is wrong. */
const LONGEST_MESSAGE = 2000;

/**
 * What a reader makes of some bytes: null where it reads them, and else its refusal.
 *
 * @throws {unknown} what the reader threw, if it is no refusal; an `Error` if the refusal is not one line of
 *   printable text, or something in the prototypes that all code shares is another afterwards.
 */
export async function answerTo(reader: HostileReader, bytes: Uint8Array): Promise<string | null> {
  const before = sharedNames();
  const refusal = await refusalOf(reader, bytes);
  const after = sharedNames();
  if (after !== before) throw new Error(`${reader.name}: changed a prototype: ${after}`);
  if (refusal !== null && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(refusal)) {
    throw new Error(`${reader.name}: not one printable line: ${JSON.stringify(refusal)}`);
  }
  if (refusal !== null && refusal.length > LONGEST_MESSAGE) {
    throw new Error(`${reader.name}: ${refusal.length} letters are no message: ${refusal}`);
  }
  return refusal;
}

async function refusalOf(reader: HostileReader, bytes: Uint8Array): Promise<string | null> {
  try {
    await reader.read(bytes);
    return null;
  } catch (error) {
    if (reader.isRefusal(error)) return error.message;
    throw error;
  }
}

const SHARED = [Object, Array, Map, Function, String, Uint8Array];

function sharedNames(): string {
  return SHARED.map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join()).join(";");
}
