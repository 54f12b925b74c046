import { keptEntries } from "@muir/decompose";
import { activeModules } from "@muir/ea";
import { bankSizes, deployedParameters, trainedParameters } from "@muir/hypermodule";
import { checkFinite } from "./check-finite.js";
import { DivergenceError } from "./divergence-error.js";
import { evaluate } from "./evaluate.js";
import type { GenerationEvent, Phase } from "./generation-event.js";
import { moduleCount } from "./network.js";
import { disposeOpen, type OpenGeneration, openGeneration } from "./open-generation.js";
import { taskProgress, totalLoss } from "./progress.js";
import { candidatesOf, closeCompetition } from "./search.js";
import { keepIfBest, type Session } from "./session.js";
import { trainStep } from "./step.js";
import type { TrainingState } from "./training-state.js";

/** Asked between two steps of a generation: false stops there. */
export type Pause = () => boolean | Promise<boolean>;

/**
 * Runs one generation: opens the competition, trains with the candidates mixed, keeps the winners,
 * and validates the state that the next generation starts from. One that was stopped between steps
 * goes on.
 *
 * @returns null if `pause` stopped it between steps.
 * @throws {DivergenceError} if a loss, gradient or weight stops being finite.
 */
export async function runGeneration(
  session: Session,
  phase: Phase,
  pause?: Pause,
): Promise<GenerationEvent | null> {
  session.open ??= await openGeneration(session, phase);
  if (!(await trainSteps(session, session.open, pause))) {
    await checkSteps(session); // here, for the best state soon takes the place of this one
    return null;
  }
  const event = await endGeneration(session, { open: session.open, phase });
  disposeOpen(session.open);
  session.open = null;
  return event;
}

async function endGeneration(
  session: Session,
  { open, phase }: { open: OpenGeneration; phase: Phase },
): Promise<GenerationEvent> {
  const { network, state, random } = session;
  const { competition, log, milliseconds } = open;
  await checkSteps(session);
  const [generation, steps] = [session.generation + 1, session.steps + open.step];
  const before = state.alignment;
  if (competition) {
    state.alignment = await closeCompetition(network, competition, random.search);
  }
  const readers = session.readers.validation;
  const evaluations = await evaluate(network, state, { readers, turns: session.turns });
  const named = Object.entries(evaluations).map(([name, { loss }]) => [name, loss]);
  const losses: Losses = Object.fromEntries(named);
  checkValidation(losses, { generation, steps });
  Object.assign(session, { generation, steps });
  const validationLoss = totalLoss(network.tasks, losses);
  const trainLosses = log.means();
  return {
    generation,
    phase,
    trainLoss: totalLoss(network.tasks, trainLosses),
    validationLoss,
    tasks: taskProgress(network.tasks, trainLosses, evaluations),
    activeModules: state.bank ? activeModules(state.alignment, moduleCount(network)) : 0,
    changedLocations: before.reduce((n, module, l) => n + +(module !== state.alignment[l]), 0),
    parameters: parametersOf(session),
    best: keepIfBest(session, validationLoss),
    stepMilliseconds: milliseconds / open.step,
    alignment: state.alignment.slice(),
  };
}

/**
 * Reads what the steps of the open generation measured so far.
 *
 * @throws {DivergenceError} if any of it, or of the state that they led to, is not finite.
 */
export async function checkSteps({ network, state, open, generation, steps }: Session) {
  if (!open) return;
  await open.log.read(generation + 1);
  await checkFinite(network, state, { generation: generation + 1, step: steps + open.step });
}

async function trainSteps(session: Session, open: OpenGeneration, pause?: Pause): Promise<boolean> {
  const { network, state, cursors, feeds, random, turns } = session;
  const { stepsPerGeneration } = network.settings;
  const { competition, log } = open;
  const candidates = candidatesOf(state, competition);
  while (open.step < stepsPerGeneration) {
    const start = performance.now();
    const batches = cursors.map((cursor, i) => feeds[i]!.tensors(cursor.next()));
    const { losses, gradientSums, softWeights } = trainStep(network, state, {
      candidates,
      ...(competition && { softWeights: competition.softWeights }),
      batches,
      random: random.dropout,
      addUpGradients: true,
    });
    if (competition && softWeights) competition.softWeights = softWeights;
    log.add({ losses, gradientSums: gradientSums! });
    open.step += 1;
    if (turns.due()) await turns.give();
    open.milliseconds += performance.now() - start;
    if (pause === undefined || open.step === stepsPerGeneration) continue;
    const goesOn = pause();
    if (!(goesOn === true || (await goesOn))) return false;
  }
  return true;
}

/** Trainable numbers of all tasks as they would be deployed now. */
export function parametersOf({ network, state }: Session): number {
  const own = privateNumbers(state);
  if (!state.bank) return own;
  const { alignment, bank } = state;
  return own + deployedParameters(alignment, bankSizes(bank), keptEntries(network.plan));
}

/** Trainable numbers of all tasks while they are trained, those of the search's soft weights not counted. */
export function trainedParametersOf({ state }: Session): number {
  const own = privateNumbers(state);
  return state.bank ? own + trainedParameters(bankSizes(state.bank)) : own;
}

const privateNumbers = ({ privates }: TrainingState) =>
  Object.values(privates).reduce((sum, { size }) => sum + size, 0);

function checkValidation(
  losses: Losses,
  { generation, steps }: Pick<Session, "generation" | "steps">,
): void {
  for (const [name, values] of Object.entries(losses)) {
    const at = values.findIndex((loss) => !Number.isFinite(loss));
    if (at < 0) continue;
    const task = values.length === 1 ? name : `${name}[${at}]`;
    const quantity = "validation loss";
    throw new DivergenceError({ task, quantity, generation, step: steps, value: values[at]! });
  }
}

type Losses = Readonly<Record<string, readonly number[]>>;
