import { activeModules } from "@muir/ea";
import { bankSizes, deployedParameters, trainedParameters } from "@muir/hypermodule";
import { DivergenceError } from "./divergence-error.js";
import { evaluate } from "./evaluate.js";
import type { GenerationEvent, Phase } from "./generation-event.js";
import { createLossLog, type LossLog } from "./loss-log.js";
import { moduleCount } from "./network.js";
import { taskProgress, totalLoss } from "./progress.js";
import { type Competition, candidatesOf, closeCompetition, openCompetition } from "./search.js";
import { keepIfBest, type Session } from "./session.js";
import { trainStep } from "./step.js";
import type { TrainingState } from "./training-state.js";

/**
 * Runs one generation: opens the competition, trains with the candidates mixed, keeps the winners,
 * and validates the state that the next generation starts from.
 *
 * @throws {DivergenceError} if a loss stops being finite.
 */
export async function runGeneration(session: Session, phase: Phase): Promise<GenerationEvent> {
  const { network, state, random } = session;
  session.generation += 1;
  const competition = searches(session, phase)
    ? await openCompetition(network, state, {
        random: random.search,
        generation: session.generation - network.settings.burnIn,
      })
    : null;
  const log = createLossLog(network.tasks);
  try {
    const { trainLosses, stepMilliseconds } = await trainSteps(session, competition, log);
    const before = state.alignment;
    if (competition) {
      state.alignment = await closeCompetition(network, competition, random.search);
    }
    const readers = session.readers.validation;
    const evaluations = await evaluate(network, state, { readers, turns: session.turns });
    const named = Object.entries(evaluations).map(([name, { loss }]) => [name, loss]);
    const losses: Losses = Object.fromEntries(named);
    checkValidation(session, losses);
    const validationLoss = totalLoss(network.tasks, losses);
    return {
      generation: session.generation,
      phase,
      trainLoss: totalLoss(network.tasks, trainLosses),
      validationLoss,
      tasks: taskProgress(network.tasks, trainLosses, evaluations),
      activeModules: state.bank ? activeModules(state.alignment, moduleCount(network)) : 0,
      changedLocations: before.reduce((n, module, l) => n + +(module !== state.alignment[l]), 0),
      parameters: parametersOf(session),
      best: keepIfBest(session, validationLoss),
      stepMilliseconds,
      alignment: state.alignment.slice(),
    };
  } finally {
    log.dispose();
    competition?.softWeights.dispose();
  }
}

function searches({ network, state }: Session, phase: Phase): boolean {
  return phase === "search" && state.bank !== null && network.settings.selection !== "none";
}

async function trainSteps(session: Session, competition: Competition | null, log: LossLog) {
  const { network, state, cursors, feeds, random, turns } = session;
  const { stepsPerGeneration } = network.settings;
  const candidates = candidatesOf(state, competition);
  const firstStep = session.steps + 1;
  const start = performance.now();
  for (let step = 0; step < stepsPerGeneration; step++) {
    const batches = cursors.map((cursor, i) => feeds[i]!.tensors(cursor.next()));
    const { losses, softWeights } = trainStep(network, state, {
      candidates,
      ...(competition && { softWeights: competition.softWeights }),
      batches,
      random: random.dropout,
    });
    if (competition && softWeights) competition.softWeights = softWeights;
    log.add(losses);
    if (turns.due()) await turns.give();
  }
  session.steps += stepsPerGeneration;
  const trainLosses = await log.means({ generation: session.generation, firstStep });
  const stepMilliseconds = (performance.now() - start) / stepsPerGeneration;
  return { trainLosses, stepMilliseconds };
}

/** Trainable numbers of all tasks as they would be deployed now. */
export function parametersOf({ state }: Session): number {
  const own = privateNumbers(state);
  return state.bank ? own + deployedParameters(state.alignment, bankSizes(state.bank)) : own;
}

/** Trainable numbers of all tasks while they are trained, those of the search's soft weights not counted. */
export function trainedParametersOf({ state }: Session): number {
  const own = privateNumbers(state);
  return state.bank ? own + trainedParameters(bankSizes(state.bank)) : own;
}

const privateNumbers = ({ privates }: TrainingState) =>
  Object.values(privates).reduce((sum, { size }) => sum + size, 0);

function checkValidation({ generation, steps }: Session, losses: Losses): void {
  for (const [name, values] of Object.entries(losses)) {
    const at = values.findIndex((loss) => !Number.isFinite(loss));
    if (at < 0) continue;
    const task = values.length === 1 ? name : `${name}[${at}]`;
    throw new DivergenceError({
      task,
      split: "validation",
      generation,
      step: steps,
      loss: values[at]!,
    });
  }
}

type Losses = Readonly<Record<string, readonly number[]>>;
