import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a contender answers to a step. */
export interface StepAnswer {
  readonly milliseconds: number;
  readonly loss: number;
  readonly losses: readonly number[];
}

/**
 * A program that trains one case step by step, in a process of its own, so that each has its memory to
 * itself and sleeps while another is timed.
 */
export interface Contender {
  /** What it said of itself when it was ready. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Losses at the present parameters; the gradients are written to its folder. */
  gradients(): Promise<{ readonly losses: readonly number[] }>;
  /** One training step: forward, backward, optimizer. */
  step(): Promise<StepAnswer>;
  /** Its peak resident memory, in bytes; null where the system does not tell. */
  memory(): Promise<number | null>;
  end(): Promise<void>;
}

/** A program and its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Starts a contender; resolves when it is ready. `signal` ends it at once: what was asked then fails.
 *
 * @throws {Error} with what it printed, if it ends instead.
 */
export async function startContender(
  { program, args }: Command,
  signal: AbortSignal,
): Promise<Contender> {
  const child = spawn(program, args, { signal });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = endOf(child);
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`startContender: a contender must answer; got: ${await ended}`);
    const answer = JSON.parse(value) as Record<string, unknown>;
    if ("error" in answer) throw new Error(String(answer["error"])); // in its own words
    return answer;
  };
  const ask = (command: string) => {
    child.stdin.write(`${command}\n`);
    return next();
  };
  return {
    about: await next(),
    gradients: async () => (await ask("gradients")) as { losses: number[] } & object,
    step: async () => (await ask("step")) as unknown as StepAnswer,
    memory: () =>
      ask("memory").then(
        (answer) => answer["peakResidentBytes"] as number | null,
        () => null,
      ),
    async end() {
      child.stdin.end("quit\n");
      await ended;
    },
  };
}

/** What a process said on its way out. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-4000);
  });
  child.stdin.on("error", () => {}); // it ended before it was asked: its end says why
  return new Promise((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.on("close", (code) => resolve(errors.trim() || `it ended with exit code ${code}`));
  });
}
