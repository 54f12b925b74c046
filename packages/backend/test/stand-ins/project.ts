import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

const tensorFlow = ["tfjs", "tfjs-core", "tfjs-backend-wasm"].map((name) => `@tensorflow/${name}`);

/** Packages to be found by name, as their files. */
export type StandIns = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a program printed as JSON in its last line, or how it ended otherwise. */
export interface Ended {
  readonly code: number | null;
  readonly report: unknown;
  readonly err: string;
}

let bundled: Promise<string> | undefined;

/** This package as one file, as it is published. */
function bundle(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(root, "src/index.ts")],
    ...{ bundle: true, format: "esm", platform: "neutral", packages: "external", write: false },
  }).then(({ outputFiles }) => outputFiles[0]!.text);
  return bundled;
}

/**
 * Runs a program in a project of its own, where `@muir/backend`, TensorFlow.js and the given
 * packages are installed: packages that cannot be installed everywhere are stood in for, those that
 * are `linked` are this package's own.
 */
export async function runWith(
  standIns: StandIns,
  program: string,
  { linked = [] }: { linked?: readonly string[] } = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "muir-backend-"));
  try {
    const modules = join(folder, "node_modules");
    const own = { "index.js": await bundle() };
    for (const [name, files] of Object.entries({ "@muir/backend": own, ...standIns })) {
      write(join(modules, name), { ...files, "package.json": manifest(name) });
    }
    for (const name of [...tensorFlow, ...linked]) {
      const link = join(modules, name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(realpathSync(join(root, "node_modules", name)), link, "junction");
    }
    write(folder, { "main.mjs": `import "@tensorflow/tfjs";\n${program}` });
    return await run(join(folder, "main.mjs"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const manifest = (name: string) =>
  JSON.stringify({ name, ...(name.startsWith("@tensorflow/") ? {} : { type: "module" }) });

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function run(file: string): Promise<Ended> {
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const last = out.trimEnd().split("\n").at(-1)!;
      resolve({ code, report: last.startsWith("{") ? JSON.parse(last) : undefined, err });
    });
  });
}
