import { type Proposal, propose, select, selectRandom } from "@muir/ea";
import { type Bank, drawModules, settled } from "@muir/hypermodule";
import type { Random } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import { alphaAt } from "./alpha-at.js";
import { drawingOf, moduleCount, type Network } from "./network.js";
import type { TrainingState } from "./training-state.js";

/** A generation's competition: who competes where, and what is believed of them so far. */
export interface Competition {
  readonly proposal: Proposal;
  softWeights: tf.Tensor2D;
}

/**
 * Opens a generation: draws challengers, redraws revived modules, and sets soft weights back.
 *
 * `generation` counts from 1 within the search. Moments of the soft weights, and of the rows of revived modules, are dropped: they belonged to
 * other candidates.
 */
export async function openCompetition(
  network: Network,
  state: TrainingState,
  { random, generation }: { random: Random; generation: number },
): Promise<Competition> {
  const { lambda, fraction, sampling, reviveProbability } = network.settings;
  const modules = moduleCount(network);
  const options = { modules, lambda, fraction, sampling, reviveProbability };
  const proposal = propose(state.alignment, options, random);
  if (proposal.revived.length > 0) await redraw(network, state, { proposal, random });
  state.optimizer.drop("softWeights");
  const row = firstSoftWeights(lambda, alphaAt(network.settings, generation));
  const softWeights = tf.tidy(() =>
    tf.tile(tf.tensor2d([row]), [proposal.locations.length, 1]),
  ) as tf.Tensor2D;
  return { proposal, softWeights };
}

/** Closes a generation: each location keeps the candidate chosen by the settings' rule. */
export async function closeCompetition(
  { settings }: Network,
  { proposal, softWeights }: Competition,
  random: Random,
): Promise<Int32Array> {
  if (settings.selection === "random") return selectRandom(proposal, random);
  const beliefs = tf.softmax(softWeights);
  const values = (await beliefs.data()) as Float32Array;
  beliefs.dispose();
  return select(proposal, values);
}

/**
 * The logits a generation starts from: the incumbent 0, each challenger
 * `ln(alpha) - ln(lambda) - ln(1 - alpha)`, so that challengers together start with belief alpha.
 * All 0 when alpha is null.
 */
export function firstSoftWeights(lambda: number, alpha: number | null): number[] {
  const challenger = alpha === null ? 0 : Math.log(alpha) - Math.log(lambda) - Math.log(1 - alpha);
  return [0, ...Array<number>(lambda).fill(challenger)];
}

/** Candidates of a generation: those of its competition, or every location's own module. */
export function candidatesOf(state: TrainingState, competition: Competition | null) {
  return competition === null ? settled(state.alignment) : competition.proposal;
}

async function redraw(
  network: Network,
  state: TrainingState,
  { proposal, random }: { proposal: Proposal; random: Random },
): Promise<void> {
  const bank = state.bank as Bank;
  const drawing = drawingOf(network);
  const values = (await bank.modules.data()).slice() as Float32Array;
  const size = values.length / bank.modules.shape[0];
  const drawn = drawModules(proposal.revived.length, { ...drawing, random });
  proposal.revived.forEach((module, i) => {
    values.set(drawn.subarray(i * size, (i + 1) * size), module * size);
  });
  const modules = tf.tensor4d(values, bank.modules.shape);
  bank.modules.dispose();
  state.bank = { ...bank, modules };
  state.optimizer.dropRows("modules", [...proposal.revived]);
}
