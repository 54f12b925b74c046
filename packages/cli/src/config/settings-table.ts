import { z } from "zod";

/** A setting as people read about it. */
export interface SettingRow {
  /** `training.lambda` */
  readonly path: string;
  /** Its default, as YAML. */
  readonly standard: string;
  /** `integer, 1 or more`; `clean, noisy`. */
  readonly values: string;
  readonly meaning: string;
}

/** All settings of a configuration, in the schema's order; those of tasks, which have names of their own, left out. */
export function settingRows(schema: z.ZodType): SettingRow[] {
  return rowsBelow(z.toJSONSchema(schema, { io: "input" }) as Schema, "");
}

function rowsBelow(schema: Schema, prefix: string): SettingRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, setting]) => {
    const path = `${prefix}${key}`;
    if (setting.properties) return rowsBelow(setting, `${path}.`);
    if (setting.additionalProperties !== undefined) return [];
    return {
      path,
      standard: String(setting.default),
      values: valuesOf(setting),
      meaning: setting.description ?? "",
    };
  });
}

function valuesOf(setting: Schema): string {
  if (setting.anyOf) return setting.anyOf.map(valuesOf).join(", or ");
  if (setting.enum) return setting.enum.join(", ");
  if (setting.const !== undefined) return String(setting.const);
  const type = Array.isArray(setting.type) ? setting.type.join(", or ") : (setting.type ?? "");
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = setting;
  const limits = [
    minimum !== undefined && `${minimum} or more`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
    exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`,
  ].filter((limit) => limit !== false);
  return [type, ...limits].join(", ");
}

/** What is used here of JSON Schema. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}
