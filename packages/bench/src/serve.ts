// Answers commands about one case, line by line, as benchmarks/pytorch/serve.py does:
// serve.js CASE FOLDER SIZES BACKEND THREADS
import { createInterface } from "node:readline";
import type { CaseName } from "./cases/case-name.js";
import { trainCase } from "./cases/train-case.js";
import { peakResidentBytes } from "./peak-memory.js";
import { type BenchBackend, prepareBackend } from "./prepare-backend.js";
import { type SizesName, sizesOf } from "./sizes.js";
import { readFolder, writeFolder } from "./tensor-folder.js";

const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const sum = (losses: readonly number[]) => losses.reduce((total, loss) => total + loss, 0);

async function serve([name, folder, sizes, backend, threads]: string[]): Promise<void> {
  const about = await prepareBackend(backend as BenchBackend, Number(threads));
  const tensors = readFolder(folder!);
  const training = trainCase(name as CaseName, sizesOf(sizes as SizesName), tensors);
  const commands: Readonly<Record<string, () => Promise<object>>> = {
    async gradients() {
      const { losses, gradients } = await training.gradients();
      writeFolder(folder!, gradients, "gradients");
      return { losses, loss: sum(losses) };
    },
    async step() {
      const { losses, milliseconds } = await training.step();
      return { milliseconds, losses, loss: sum(losses) };
    },
    memory: async () => ({ peakResidentBytes: peakResidentBytes() }),
  };
  say({ ready: true, ...about });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "quit") break;
    const command = commands[line];
    if (!command) throw new Error(`must be asked one of ${Object.keys(commands)}; got ${line}.`);
    say(await command());
  }
}

await serve(process.argv.slice(2)).catch((error: Error) => {
  say({ error: error.message });
  process.exitCode = 1;
});
process.exit();
