/**
 * Does what a stranger does: installs the packages as npm would deliver them into an empty folder, and
 * runs the first example of each README there, checking its types and every line it is said to print.
 *
 * Tests and types inside the repository read the sources; only this sees mistakes in builds, manifests
 * and READMEs together. Run it with `pnpm check:outsider`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isTest, readmeExample } from "./readme-example.mjs";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "muir-outsider-"));
try {
  const packages = findPackages();
  step("build", () => run("pnpm", ["exec", "turbo", "run", "build", "--filter=./packages/*"]));
  step("pack", () => pack(packages));
  step("install", () => install(packages));
  const wrongTypes = step("types", () => checkTypes(packages));
  const rows = packages.map((each) => tryExample(each, wrongTypes));
  printTable(rows);
  for (const { name, problem } of rows.filter(({ problem }) => problem !== "")) {
    console.error(`\n${name}\n${problem}`);
  }
  const failed = rows.filter(({ problem }) => problem !== "").length;
  if (failed > 0)
    throw new Error(`${failed} of ${rows.length} packages do not work for an outsider`);
} catch (error) {
  console.error(`\ncheck-outsider: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function findPackages() {
  return readdirSync(join(root, "packages")).map((directory) => {
    const path = join(root, "packages", directory);
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const readme = join(path, "README.md");
    const example = readmeExample(existsSync(readme) ? readFileSync(readme, "utf8") : "");
    return { directory, path, manifest, name: manifest.name, example };
  });
}

function pack(packages) {
  for (const each of packages) {
    const printed = run("pnpm", ["pack", "--json", "--pack-destination", folder], each.path);
    each.tarball = JSON.parse(printed).filename;
  }
}

/** One project for all; the tarballs override what the packages would fetch of each other. */
function install(packages) {
  const own = packages.map(({ name, tarball }) => [name, `file:${tarball}`]);
  const others = new Set(packages.flatMap(({ example }) => example.installs));
  for (const { name } of packages) others.delete(name);
  for (const tool of ["tsx", "typescript", "vitest", "@types/node"]) others.add(tool);
  const manifest = {
    private: true,
    type: "module",
    dependencies: Object.fromEntries([...own, ...[...others].map((name) => [name, pin(name)])]),
    overrides: Object.fromEntries(own.map(([name]) => [name, `$${name}`])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const quietly = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  run("npm", ["install", ...quietly, "--loglevel=error"], folder);
}

/** The version of a package that the repository itself is tested with. */
function pin(name) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const line = new RegExp(`^ +"?${name.replace("/", "\\/")}"?: *"?([^"\\s]+)"?$`, "m").exec(
    catalog,
  );
  const version = line?.[1] ?? devDependencies[name];
  if (version === undefined) {
    throw new Error(`a README installs ${name}; add it to the catalog of pnpm-workspace.yaml`);
  }
  return version;
}

function fileOf({ directory, example }) {
  return isTest(example.program) ? `${directory}.test.ts` : `${directory}.ts`;
}

/** What the compiler says about each example, as strict as it gets for users. */
function checkTypes(packages) {
  for (const each of packages.filter(({ example }) => example.program)) {
    writeFileSync(join(folder, fileOf(each)), each.example.program);
  }
  const options = "--noEmit --strict --skipLibCheck --target es2022 --module nodenext --types node";
  const files = packages.filter(({ example }) => example.program).map(fileOf);
  const { stdout } = attempt("npx", ["tsc", ...options.split(" "), ...files], folder);
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

function tryExample(each, wrongTypes) {
  const { name, manifest, example } = each;
  const started = performance.now();
  const problem = problemOf(each, wrongTypes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const what = example.program
    ? `README, ${example.prints.length} lines checked`
    : `${Object.keys(manifest.bin ?? {})[0] ?? "nothing"} --help`;
  return { name, version: manifest.version, what, seconds, problem };
}

function problemOf(each, wrongTypes) {
  const { manifest, example } = each;
  if (!example.program) {
    const bin = Object.keys(manifest.bin ?? {})[0];
    if (bin === undefined) return "README.md is missing, or has no ```ts block to run";
    const { status, output } = attempt("npx", ["--no-install", bin, "--help"], folder);
    return status === 0 ? "" : output;
  }
  const file = fileOf(each);
  const wrong = wrongTypes.filter((line) => line.startsWith(file));
  if (wrong.length > 0) return wrong.join("\n");
  const command = isTest(example.program) ? ["vitest", "run", file] : ["tsx", file];
  const { status, stdout, output } = attempt("npx", ["--no-install", ...command], folder);
  if (status !== 0) return output;
  const printed = new Set(stdout.split("\n").map((line) => line.trimEnd()));
  const missing = example.prints.filter((line) => !printed.has(line.trimEnd()));
  return missing.length === 0 ? "" : `did not print\n${missing.join("\n")}\nbut\n${stdout}`;
}

function run(command, args, cwd = root) {
  const { status, stdout, output } = attempt(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed\n${output}`);
  return stdout;
}

function attempt(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32", // there npm and pnpm are scripts
    maxBuffer: 2 ** 26,
  });
  if (error) throw error;
  return { status, stdout, output: `${stdout}${stderr}` };
}

function step(name, act) {
  const started = performance.now();
  const result = act();
  console.log(`${name.padEnd(8)} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function printTable(rows) {
  console.log();
  const table = [
    ["package", "version", "example", "seconds", ""],
    ...rows.map((row) => [
      row.name,
      row.version,
      row.what,
      row.seconds,
      row.problem === "" ? "ok" : "FAILED",
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
  }
}
