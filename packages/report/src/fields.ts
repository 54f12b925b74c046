/** A JSON object of a run's folder, with where it was found, for errors. */
export interface Fields {
  readonly values: Readonly<Record<string, unknown>>;
  /** `config.json`, `events.jsonl, line 12`. */
  readonly where: string;
}

/** @throws {Error} if `text` is not a JSON object. */
export function parseFields(text: string, where: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    // the message can quote the file, line breaks and all
    const reason = (error as Error).message.replace(/\s+/g, " ");
    throw new Error(`readRun: ${where} must be a JSON object; got ${reason}. ${remedy}`);
  }
  return asFields(parsed, where);
}

/** @throws {TypeError} if `value` is not an object. */
export function asFields(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`readRun: ${where} must be an object; got ${shown(value)}. ${remedy}`);
  }
  return { values: value as Record<string, unknown>, where };
}

/** @throws {TypeError} if the field is not a string. */
export function textField({ values, where }: Fields, name: string): string {
  const value = values[name];
  if (typeof value !== "string") throw wrong(where, { name, must: "be a string", value });
  return value;
}

/** @throws {TypeError} if the field is not true or false. */
export function flagField({ values, where }: Fields, name: string): boolean {
  const value = values[name];
  if (typeof value !== "boolean") throw wrong(where, { name, must: "be true or false", value });
  return value;
}

/** @throws {TypeError} if the field is not a number. */
export function numberField({ values, where }: Fields, name: string): number {
  const value = values[name];
  if (typeof value !== "number") throw wrong(where, { name, must: "be a number", value });
  return value;
}

/** A count. @throws {TypeError} if the field is not a whole number of at least 0. */
export function wholeField({ values, where }: Fields, name: string): number {
  const value = values[name];
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw wrong(where, { name, must: "be a whole number of at least 0", value });
  }
  return value as number;
}

/**
 * A loss or a metric. JSON has no NaN and writes null for it, so null is read as NaN: the record of
 * a run that diverged is the one people want to look at.
 *
 * @throws {TypeError} if the field is neither.
 */
export function lossField({ values, where }: Fields, name: string): number {
  const value = values[name];
  if (value === null) return Number.NaN;
  return numberField({ values, where }, name);
}

/** A list of losses or metrics. @throws {TypeError} if it is not a list of numbers and nulls. */
export function lossesField({ values, where }: Fields, name: string): number[] {
  const value = values[name];
  if (!Array.isArray(value)) throw wrong(where, { name, must: "be a list", value });
  return value.map((_, i) =>
    lossField({ values: value as never, where: `${where}, ${name}` }, String(i)),
  );
}

/** The error that says which field of which file must be what. */
export function wrong(
  where: string,
  { name, must, value }: { name: string; must: string; value: unknown },
): TypeError {
  return new TypeError(`readRun: ${where}: "${name}" must ${must}; got ${shown(value)}. ${remedy}`);
}

/** What to do about a file that is not as it was written. */
export const remedy = "Restore the file, or run again.";

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
