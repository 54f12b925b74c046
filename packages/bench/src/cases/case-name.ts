/** What is timed, each a training step. */
export const CASES = [
  "synthetic",
  "generation",
  "deepbind",
  "stacked_lstm",
  "lenet",
  "wide_resnet",
  "joint_lenet",
  "joint_wide_resnet",
] as const;

/** A case by name, as the PyTorch programs have it. */
export type CaseName = (typeof CASES)[number];

/** Cases that PyTorch trains a second way too: with DeepBind's embedding folded into its convolution. */
export const isAlsoFolded = (name: CaseName): boolean =>
  name === "deepbind" || name.startsWith("joint_");
