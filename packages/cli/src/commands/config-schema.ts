import { z } from "zod";
import { crossModalSchema } from "../cross-modal/cross-modal-config.js";

/** `muir config schema`: what a YAML file for `muir run cross-modal` may hold, as JSON Schema. */
export function configSchemaCommand(): number {
  console.log(JSON.stringify(configJsonSchema(), null, 2));
  return 0;
}

/**
 * The JSON Schema of a configuration file. Nothing is required: what a file leaves out is the preset's; so any of
 * several kinds may fit what is there.
 */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(crossModalSchema, { io: "input" });
  return {
    $schema,
    title: "A configuration of muir run cross-modal",
    ...(withoutRequired(schema) as Record<string, unknown>),
  };
}

function withoutRequired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutRequired);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === "required" && Array.isArray(value)))
      .map(([key, value]) => [key === "oneOf" ? "anyOf" : key, withoutRequired(value)]),
  );
}
