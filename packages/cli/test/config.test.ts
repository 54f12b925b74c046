import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertLaw, law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type ConfigFlags, configFrom } from "../src/config/draft-config.js";
import { settingPaths } from "../src/config/setting-paths.js";
import { settingRows } from "../src/config/settings-table.js";
import { syntheticSchema } from "../src/config/synthetic-config.js";
import { UsageError } from "../src/usage-error.js";
import { temporaryFolder } from "./muir.js";
import { givenSetting, settingValues } from "./settings.js";

/** Gives the path of a file with this text. */
function fileWriter(): (text: string) => string {
  const path = join(temporaryFolder(), "settings.yaml");
  return (text) => {
    writeFileSync(path, text);
    return path;
  };
}

/** A configuration that sets one path, as YAML. */
function yamlOf(path: string, value: unknown): string {
  const [key, inner] = path.split(".") as [string, string?];
  return stringify({ [key]: inner === undefined ? value : { [inner]: value } });
}

/** The message with which a configuration is refused. */
function refusal(flags: ConfigFlags): string {
  try {
    configFrom(flags);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error(`${JSON.stringify(flags)} was accepted`);
}

describe("a configuration", () => {
  test("has a default for everything", () => {
    const { variant, method, seed, training } = configFrom({});
    expect([variant, method, seed]).toEqual(["clean", "muir", 1]);
    expect(training.generations).toBe(1000);
  });

  test("takes settings from a file, then --set, then flags", () => {
    const config = fileWriter()("seed: 5\ntraining: { lambda: 2, generations: 7, burnIn: 3 }");
    const set = ["training.generations=8", "lambda=3"];
    const { seed, training } = configFrom({ config, set, generations: 9 });
    expect([seed, training.burnIn]).toEqual([5, 3]); // the file's
    expect(training.lambda).toBe(3); // --set's
    expect(training.generations).toBe(9); // the flag's
  });

  test("begins with a preset, named by file, --set or flag, and keeps what else is given", () => {
    const config = fileWriter()("preset: tiny\ntraining: { generations: 7 }");
    const lengths = ({ preset, training }: ReturnType<typeof configFrom>) => [
      ...[preset, training.stepsPerGeneration, training.generations, training.finalGenerations],
    ];
    expect(lengths(configFrom({}))).toEqual(["paper", 100, 1000, 200]);
    expect(lengths(configFrom({ config }))).toEqual(["tiny", 50, 7, 20]);
    const set = ["preset='small'"];
    expect(lengths(configFrom({ config, set }))).toEqual(["small", 100, 7, 50]);
    expect(lengths(configFrom({ set, preset: "tiny", generations: 9 }))).toEqual([
      ...["tiny", 50, 9, 20],
    ]);
    expect(refusal({ preset: "huge" })).toBe(
      '--preset: must be one of tiny, small, paper; got "huge".',
    );
  });

  test("is not changed by an empty file", () => {
    expect(configFrom({ config: fileWriter()("# nothing yet\n") })).toEqual(configFrom({}));
  });

  test("the arbitraries of this test know every setting", () => {
    expect(Object.keys(settingValues)).toEqual(
      settingRows(syntheticSchema).map(({ path }) => path),
    );
  });

  const sources = fc.record(
    { file: fc.nat(99), set: fc.nat(99), flag: fc.nat(99) },
    { requiredKeys: [] },
  );

  test("the last of file, --set and flag decides", () => {
    const file = fileWriter();
    return assertLaw(sources, (given) => {
      const config = configFrom({
        ...(given.file !== undefined && { config: file(`seed: ${given.file}`) }),
        ...(given.set !== undefined && { set: [`seed=${given.set}`] }),
        ...(given.flag !== undefined && { seed: given.flag }),
      });
      expect(config.seed).toBe(given.flag ?? given.set ?? given.file ?? 1);
    });
  });

  test("is the same by --set, by --set without the section, and by YAML", () => {
    const file = fileWriter();
    return assertLaw(givenSetting(), ({ path, value }) => {
      const assigned = `=${stringify(value).trimEnd()}`;
      const fromFile = configFrom({ config: file(yamlOf(path, value)) });
      expect(configFrom({ set: [`${path}${assigned}`] })).toEqual(fromFile);
      const name = path.split(".").at(-1)!;
      expect(configFrom({ set: [`${name}${assigned}`] })).toEqual(fromFile);
    });
  });
});

describe("a wrong configuration", () => {
  test.each([
    ["lambda=0", "--set training.lambda: must be at least 1; got 0."],
    ["fraction=0", "--set training.fraction: must be above 0; got 0."],
    ["fraction=1.5", "--set training.fraction: must be at most 1; got 1.5."],
    ["lambda=2.5", "--set training.lambda: must be an integer; got 2.5."],
    ["lambda=two", '--set training.lambda: must be a number; got "two".'],
    ["lambda=", "--set training.lambda: must be a number; got null."],
    ["learningRate=.nan", "--set training.learningRate: must be a finite number; got NaN."],
    ["data.folder=3", "--set data.folder: must be a string; got 3."],
    [
      "method=mur",
      '--set method: must be one of muir, stl, random, oracle; got "mur"; did you mean "muir"?',
    ],
    [
      "training=5",
      '--set training: must name one setting; "training" holds several, such as training.contextSize.',
    ],
    ["lambda", '--set: must be path=value, such as training.lambda=2; got "lambda".'],
    [
      "lambda=[1",
      "--set lambda: must be YAML; got: Flow sequence must end with a ] at line 1, column 3.",
    ],
    [
      "training.lambda.x=1",
      '--set training.lambda.x: "training.lambda.x" must be a known setting; `muir run synthetic --help` lists all.',
    ],
    [
      "toString=1",
      '--set toString: "toString" must be a known setting; `muir run synthetic --help` lists all.',
    ],
  ])("--set %s is refused", (set, message) => {
    expect(refusal({ set: [set] })).toBe(message);
  });

  test("in a flag, the flag is named", () => {
    expect(refusal({ seed: 2 ** 32 })).toBe("--seed: must be at most 4294967295; got 4294967296.");
    expect(refusal({ generations: 0 })).toBe("--generations: must be at least 1; got 0.");
    expect(refusal({ backend: "waasm" })).toContain("--backend: must be one of auto,");
    expect(refusal({ backend: "waasm" })).toContain('did you mean "wasm"?');
  });

  test("in a file, the file and the setting are named", () => {
    const config = fileWriter()("training: { lambda: 0 }");
    expect(refusal({ config })).toBe(`${config}: "training.lambda" must be at least 1; got 0.`);
  });

  test("in a file, a setting outside its section is pointed to it", () => {
    const config = fileWriter()("lambda: 2");
    expect(refusal({ config })).toContain('did you mean "training.lambda"?');
  });

  test.each([
    ["a: [1", "must be YAML"],
    ["seed: 1\nseed: 2", "must be YAML; got: Map keys must be unique at line 2, column 1."],
    ["- 1", 'must be a map of settings, such as "variant: noisy"; got [1].'],
    ["training:", '"training" must be a map of settings; got null.'],
    ["seed: *no", "must be YAML; got: Unresolved alias"],
    ["__proto__: { seed: 5 }", 'A key that no setting has, "__proto__".'],
    ['{"training": {"__proto__": {"lambda": 1}}}', 'A key that no setting has, "__proto__".'],
    ["constructor: { prototype: 1 }", '"constructor" must be a known setting'],
    ["method: { toString: 1, valueOf: 1 }", "must be one of muir, stl, random, oracle; got {"],
    ["method: &a [*a]", "must be YAML; got: More than 50 levels of nesting."],
    ["method: !!js/function 'x'", '"method" must be one of muir, stl, random, oracle; got "x"'],
    ["%YAML 1.1\n---\na: &a { seed: 1 }\n<<: *a", '"a" must be a known setting'],
    ['"a\\nb": 1', '"a b" must be a known setting'],
    ["? [a]\n: 1", '"[ a ]" must be a known setting'],
  ])("file %j is refused", (text, message) => {
    expect(refusal({ config: fileWriter()(text) })).toContain(message);
  });

  const nine = (name: string) => `[${Array(9).fill(name).join()}]`;
  test.each([
    ["thousands of lists in each other", "[".repeat(16_000), "More than 50 levels of nesting"],
    ["maps in each other", "{a: ".repeat(4000), "More than 50 levels of nesting"],
    ["dashes in each other", `a:\n${"- ".repeat(8000)}`, "More than 50 levels of nesting"],
    [
      "aliases that multiply",
      `a: &a ${nine("x")}\nb: &b ${nine("*a")}\nc: &c ${nine("*b")}\nd: &d ${nine("*c")}\n`,
      "Excessive alias count",
    ],
    [
      "a text without end",
      "#".repeat(20_000),
      "must be at most 16384 characters of YAML; got 20000",
    ],
    ["a file without end", "#".repeat(2 ** 20 + 1), "1048577 bytes are too many"],
  ])("a file of %s is refused at once", (_, text, message) => {
    expect(refusal({ config: fileWriter()(text) })).toContain(message);
  });

  test("a file that is not there is named", () => {
    expect(refusal({ config: "no/such.yaml" })).toBe(
      "--config no/such.yaml: must be a YAML file; there is no such file.",
    );
  });

  test("sizes of generated data beside a folder are refused, since nothing would read them", () => {
    expect(refusal({ data: "tasks", set: ["groups=4"] })).toBe(
      "--set data.groups: must be left out when the data comes from a folder (tasks); got 4.",
    );
    const config = fileWriter()("data: { groups: 4 }");
    expect(refusal({ data: "tasks", config })).toContain(
      `${config}: "data.groups" must be left out`,
    );
  });

  test("a key with one wrong letter is refused, and the right one suggested", () => {
    const file = fileWriter();
    return assertLaw(misspellings(), ({ path, wrong }) => {
      const hint = `must be a known setting; did you mean "${path}"?`;
      expect(refusal({ set: [`${wrong}=1`] })).toBe(`--set ${wrong}: "${wrong}" ${hint}`);
      expect(refusal({ config: file(yamlOf(wrong, 1)) })).toContain(`: "${wrong}" ${hint}`);
    });
  });

  law("whatever --set says, it is taken or refused in one line", fc.string(), (set) => {
    expect(oneLineOrNone({ set: [set] })).toBe(true);
  });

  test("whatever a file says, it is taken or refused in one line", () => {
    const file = fileWriter();
    return assertLaw(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(oneLineOrNone({ config: file(text) })).toBe(true);
    });
  });
});

function oneLineOrNone(flags: ConfigFlags): boolean {
  try {
    configFrom(flags);
    return true;
  } catch (error) {
    return error instanceof UsageError && !error.message.includes("\n");
  }
}

/** A path with a letter of its last word replaced, put in, or left out. No name has a q. */
function misspellings(): fc.Arbitrary<{ path: string; wrong: string }> {
  return fc
    .tuple(
      fc.constantFrom(...settingPaths(syntheticSchema)),
      fc.nat(),
      fc.constantFrom("replace", "add", "drop"),
    )
    .map(([path, draw, how]) => {
      const start = path.lastIndexOf(".") + 1;
      const at = start + (draw % (path.length - start));
      const rest = path.slice(how === "add" ? at : at + 1);
      return { path, wrong: `${path.slice(0, at)}${how === "drop" ? "" : "q"}${rest}` };
    });
}
