import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Architecture, deepBind, leNet, stackedLstm, wideResNet } from "@muir/models";
import { createRandom, standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { readLayersModel } from "../../src/cross-modal/load-layers-model.js";
import { writeLayersModel } from "../../src/export/write-layers-model.js";
import { reopenRunFolder } from "../../src/run/run-folder.js";
import { SMALL, smallRun } from "../cross-modal/small-run.js";
import { filesBelow, muir, temporaryFolder } from "../muir.js";
import { readSafeTensors } from "../read-safetensors.js";

/** Trains a moment and exports a task's network as a layers model. */
async function exported(task: string, tasks: object, training: object = {}) {
  const settings = { ...SMALL, tasks, training: { ...SMALL.training, ...training } };
  const { out, words } = smallRun(settings);
  expect((await muir(...words)).code).toBe(0);
  const folder = join(temporaryFolder(), "model");
  const { code, err } = await muir("export", out, "--task", task, "--out", folder);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(filesBelow(folder)).toEqual(["model.json", "weights.bin"]);
  const bytes = readFileSync(join(out, `networks/${task}.safetensors`));
  return { out, folder, tensors: readSafeTensors(bytes).tensors };
}

/** What the architecture makes of inputs with the tensors of a run, evaluated; the same as the model's. */
async function expectSame(
  { folder, tensors }: Awaited<ReturnType<typeof exported>>,
  architecture: Architecture,
) {
  const model = await readLayersModel(join(folder, "model.json"));
  const random = createRandom(3);
  const [batch, shape] = [3, architecture.inputShape];
  const count = shape.reduce((product, size) => product * size, batch);
  const { symbols } = architecture;
  const inputs = symbols
    ? tf.tensor(
        Int32Array.from({ length: count }, () => Math.floor(random() * symbols)),
        [batch, ...shape],
        "int32",
      )
    : tf.tensor(
        Float32Array.from({ length: count }, () => standardNormal(random)),
        [batch, ...shape],
      );
  const named = (state: boolean) =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => name.startsWith("state/") === state)
        .map(([name, { data, shape }]) => [name.replace("state/", ""), tf.tensor(data, shape)]),
    );
  const state = { ...architecture.initialState?.(batch), ...named(true) };
  const { outputs } = architecture.apply(named(false), inputs, {
    training: false,
    random: () => 0.5,
    state,
  } as never);
  const predicted = model.predict(inputs) as tf.Tensor;
  expect(predicted.shape).toEqual(outputs.shape);
  const scale = tf.max(tf.abs(outputs)).dataSync()[0]!;
  const difference = tf.max(tf.abs(tf.sub(predicted, outputs))).dataSync()[0]!;
  expect(difference / scale).toBeLessThan(1e-6);
  expect(scale).toBeGreaterThan(0);
  model.dispose();
}

describe("muir export, as a layers model that predicts the same", () => {
  const { lenet, lstm, deepbind } = SMALL.tasks;

  test("LeNet", async () => {
    const architecture = leNet({ filters: 2, hidden: [8, 8] });
    await expectSame(await exported("lenet", { lenet }), architecture);
  });

  test("a wide residual network, with its averages", async () => {
    const wrn = { ...lenet, architecture: { kind: "wide-resnet", depth: 10, filters: 4 } };
    const architecture = wideResNet({ depth: 10, filters: 4 });
    await expectSame(await exported("wrn", { wrn }), architecture);
  });

  test("the stacked LSTM", async () => {
    const architecture = stackedLstm({ vocabulary: 50, time: 5, units: 8, layers: 1 });
    await expectSame(await exported("lstm", { lstm }), architecture);
  });

  test("DeepBind", async () => {
    const architecture = deepBind({ filters: 8, width: 4, length: 60 });
    await expectSame(await exported("deepbind", { deepbind }), architecture);
  });

  test("a model of one's own, which a task began from", async () => {
    const own = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [32, 32, 3] }),
        tf.layers.dense({ units: 4, activation: "relu" }),
        tf.layers.dense({ units: 10 }),
      ],
    });
    const folder = temporaryFolder();
    await writeLayersModel(own, folder);
    const before = own.getWeights().map((weight) => weight.dataSync());
    const path = join(folder, "model.json");
    const mine = {
      ...lenet,
      data: { kind: "images", ...lenet.data },
      architecture: { kind: "layers-model", path, pretrained: true },
    };
    const { folder: written } = await exported("mine", { mine }, { selection: "none" });
    const after = await readLayersModel(join(written, "model.json"));
    const moved = after.getWeights().map((weight, i) => {
      const then = tf.tensor(before[i]!, weight.shape);
      return tf.max(tf.abs(tf.sub(weight, then))).dataSync()[0]!;
    });
    for (const distance of moved) {
      expect(distance).toBeGreaterThan(0); // it learned
      expect(distance).toBeLessThan(0.1); // from where it was
    }
    own.dispose();
    after.dispose();
  });
});

describe("muir export", () => {
  test("copies the tensors as safetensors", async () => {
    const { out, words } = smallRun(SMALL, "--tasks", "deepbind");
    await muir(...words);
    const file = join(temporaryFolder(), "deepbind.safetensors");
    const { code, out: printed } = await muir(
      "export",
      out,
      "--format",
      "safetensors",
      "--out",
      file,
    );
    expect([code, printed]).toEqual([0, `${file}\n`]);
    const { tensors } = readSafeTensors(readFileSync(file));
    expect(tensors["conv.kernel"]!.shape).toEqual([4, 8, 8]);
  });

  test("--force replaces what an export wrote, and nothing else", async () => {
    const { out, words } = smallRun(SMALL, "--tasks", "lenet,deepbind");
    await muir(...words);
    const folder = temporaryFolder();
    const model = join(folder, "model");
    const given = ["export", out, "--task", "lenet", "--force"];
    for (const _ of ["first", "again"]) {
      expect((await muir(...given, "--out", model)).code).toBe(0);
      expect(filesBelow(model)).toEqual(["model.json", "weights.bin"]);
    }
    writeFileSync(join(model, "thesis.txt"), "mine");
    writeFileSync(join(folder, "notes"), "mine");
    const [run, before] = [filesBelow(out), filesBelow(folder)];
    const tensors = ["--format", "safetensors"];
    const refusals: [string[], string][] = [
      [["--out", model], `as layers-model, to be overwritten; it holds ${model}/thesis.txt,`],
      [["--out", out], `it holds ${out}/`],
      [["--out", join(folder, "notes")], "it is a file, so --force leaves it."],
      [[...tensors, "--out", join(folder, "notes")], "it is another file, so --force leaves it."],
      [
        [...tensors, "--out", join(out, "config.json")],
        "it is another file, so --force leaves it.",
      ],
      [[...tensors, "--out", model], "it is a folder, so --force leaves it."],
      [
        [...tensors, "--out", join(out, "networks/deepbind.safetensors")],
        "must not be a file of the run; --force leaves it.",
      ],
    ];
    for (const [more, message] of refusals) {
      const { code, err } = await muir(...given, ...more);
      expect(err).toContain(message);
      expect([code, filesBelow(out), filesBelow(folder)]).toEqual([2, run, before]);
    }
    const file = join(folder, "lenet.safetensors");
    for (const _ of ["first", "again"]) {
      expect((await muir(...given, ...tensors, "--out", file)).code).toBe(0);
    }
  });

  test("refuses a run that goes on: what it came to is not known", async () => {
    const { out, words } = smallRun(SMALL, "--tasks", "deepbind");
    await muir(...words);
    expect(filesBelow(out)).toContain("networks/deepbind.safetensors");
    reopenRunFolder(out, 1).close();
    const { code, err } = await muir("export", out);
    expect([code, err]).toEqual([
      2,
      `${out}: must be a run that has ended; there is no summary.json: it goes on, or broke off. Let it end, or resume it.\n`,
    ]);
  });

  test("refuses what it cannot do, and leaves everything as it was", async () => {
    const { out, words } = smallRun(SMALL, "--tasks", "lenet,deepbind");
    await muir(...words);
    const folder = temporaryFolder();
    const there = join(folder, "there");
    writeFileSync(there, "mine");
    const refusals: [string[], string][] = [
      [
        [folder],
        `${folder}: must be the folder of a run; it has no config.json of muir. Give what \`muir run\` wrote to.`,
      ],
      [[out], "--task: must be one of lenet, deepbind; got nothing."],
      [
        [out, "--task", "lent"],
        '--task: must be one of lenet, deepbind; got "lent"; did you mean "lenet"?',
      ],
      [
        [out, "--task", "lenet", "--out", there],
        `--out ${there}: must be new; it is there. Choose another, or overwrite it with --force.`,
      ],
    ];
    for (const [more, message] of refusals) {
      const { code, err } = await muir("export", ...more);
      expect([code, err]).toEqual([2, `${message}\n`]);
    }
    expect(readFileSync(there, "utf8")).toBe("mine");
    expect(existsSync(join(folder, "lenet"))).toBe(false);
    expect(filesBelow(folder)).toEqual(["there"]);
    writeFileSync(join(out, "networks/lenet.safetensors"), "short");
    const { code, err } = await muir("export", out, "--task", "lenet", "--out", join(folder, "x"));
    expect(code).toBe(2);
    expect(err).toContain(
      "safetensors: a file must begin with 8 bytes of length; got 5. Run again.",
    );
  });
});
