import { availableParallelism, cpus, totalmem } from "node:os";
import { type BackendName, type BackendStatus, inspectBackends } from "@muir/backend";
import { prepareTensorFlow } from "../run/start-backend.js";
import { timeStep } from "../run/time-step.js";
import { versions } from "../run/versions.js";
import { table } from "../terminal/format.js";

/** `muir doctor`: which backends are installed, which works, how fast, and what would be faster. */
export async function doctorCommand(flags: { json?: boolean }): Promise<number> {
  prepareTensorFlow();
  const backends = await inspectBackends();
  const timed = new Map<BackendName, number>();
  for (const { name, works } of backends) if (works) timed.set(name, await timeStep(name));
  if (flags.json) {
    const timedBackends = backends.map((status) => ({
      ...status,
      stepMilliseconds: timed.get(status.name) ?? null,
    }));
    console.log(JSON.stringify({ ...machine(), backends: timedBackends }, null, 2));
    return 0;
  }
  const { muir, tfjs, node, cores, memoryGigabytes, processor } = machine();
  console.log(`muir ${muir}   TensorFlow.js ${tfjs}   Node ${node}`);
  console.log(`${cores} cores (${processor}), ${memoryGigabytes} GB memory\n`);
  console.log(
    table([["backend", "works", "ms a step*", "device or problem"], ...backends.map(row)]),
  );
  console.log("\n* of the synthetic experiment: 30 tasks, five candidates, Adam; the median");
  console.log(`\n${advice(backends)}`);
  return 0;

  function row(status: BackendStatus): string[] {
    const time = timed.get(status.name)?.toFixed(3) ?? "";
    const works = status.works ? "yes" : "no";
    return [status.name, works, time, status.works ? status.device : status.problem];
  }
}

function machine() {
  const { muir, tfjs, node } = versions();
  return {
    muir,
    tfjs,
    node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
}

function advice(backends: readonly BackendStatus[]): string {
  const best = backends.find((status) => status.works && !status.emulated);
  if (best === undefined) return "No backend works: muir cannot train here.";
  const faster = backends.slice(0, backends.indexOf(best));
  const remedies = faster.flatMap((status) =>
    status.works
      ? []
      : [`  ${status.name}: ${status.remedy.replace(/, or choose another backend\.$/, ".")}`],
  );
  const chosen = `Used by default: ${best.name}.`;
  if (remedies.length === 0) return `${chosen} Nothing faster is known.`;
  return `${chosen} Faster for large networks:\n${remedies.join("\n")}`;
}
