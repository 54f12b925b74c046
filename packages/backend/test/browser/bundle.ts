import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** A page's script, and where all of it came from. */
export interface Bundle {
  readonly script: Uint8Array;
  readonly parts: Metafile;
}

/** Bundles what a file of this folder exports for a browser, after importing packages that it does not name. */
export async function bundle(
  file: string,
  { also = [], ...options }: BuildOptions & { also?: readonly string[] } = {},
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: {
      // not for its effects alone: this package declares that importing it has none
      contents: [
        ...also.map((name) => `import "${name}";`),
        `export * from ${JSON.stringify(`./${file}`)};`,
      ].join("\n"),
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    ...{ bundle: true, format: "esm", platform: "browser", conditions: ["@muir/source"] },
    ...{ metafile: true, logLevel: "silent" },
    ...options,
    write: false,
  });
  return { script: outputFiles![0]!.contents, parts: metafile! };
}
