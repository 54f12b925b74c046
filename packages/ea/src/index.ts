export type { Proposal, Random } from "./proposal.js";
