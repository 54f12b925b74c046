import { createFilm } from "./film.js";
import { startBackend } from "./start-backend.js";
import { GENERATIONS, TASKS, thirtyTasks } from "./thirty-tasks.js";

const [device, seed, button, said] = ["device", "seed", "button", "said"].map(
  (id) => document.getElementById(id)!,
) as [HTMLElement, HTMLInputElement, HTMLButtonElement, HTMLElement];
const canvas = document.querySelector("canvas")!;

/** What stops the training that runs, if one does. */
let running: AbortController | undefined;

button.addEventListener("click", () => {
  if (running !== undefined) return running.abort();
  run().catch(tell);
});
seed.addEventListener("keydown", ({ key }) => key === "Enter" && !running && button.click());
startBackend().then((found) => {
  device.textContent = found;
  button.disabled = false;
}, tell);

async function run(): Promise<void> {
  const training = thirtyTasks(seed.valueAsNumber); // before all else: a wrong seed is refused here
  running = new AbortController();
  button.textContent = "Stop";
  try {
    const film = createFilm(canvas, { tasks: TASKS, generations: GENERATIONS });
    for await (const event of training.generations(running.signal)) {
      film.add(event.alignment);
      const { generation, phase, activeModules, stepMilliseconds } = event;
      said.textContent = `generation ${generation} of ${GENERATIONS} (${phase}): ${activeModules} hypermodules, ${stepMilliseconds.toFixed(2)} ms a step`;
    }
    const { regression } = await training.evaluate("test");
    const mean = regression!.metric.reduce((sum, error) => sum + error) / TASKS;
    said.textContent += `. Test RMSE ${mean.toExponential(1)}.`;
  } finally {
    training.dispose();
    running = undefined;
    button.textContent = "Train";
  }
}

function tell(error: unknown): void {
  said.textContent = String(error);
}
