// The whole public surface of the package. Everything not named here is internal.

export type { CryptoKey } from 'jose';
export {
  type Candidate,
  type CandidateOrder,
  type Contest,
  DEFINITION_LIMITS,
  type Definition,
  type DefinitionProblem,
  type SealingName,
  type TieRule,
  definitionHash,
  encodeDefinition,
  parseDefinition,
} from './definition.ts';
export { type OrderRule, orderCandidates } from './candidate-order.ts';
export {
  type Selection,
  type SelectionCheck,
  type SelectionProblem,
  type Selections,
  checkSelections,
} from './selection.ts';
export { formatReceipt, parseReceipt, receiptOf } from './receipt.ts';
export { type ContestTally, type Tally, type TallyProblem, parseTally } from './result.ts';
export { type Counter, createCounter } from './counting/plurality.ts';
export {
  type ContestOutcome,
  type Outcome,
  type OutcomeFacts,
  type Quorum,
  type RankedCandidate,
  type Standing,
  type Tie,
  outcomeOf,
} from './counting/outcome.ts';
export { type BoxHash, createBoxHash } from './box.ts';
export {
  type ElectionRecord,
  type InvalidBallot,
  type ParsedRecord,
  type RecordProblem,
  encodeRecord,
  parseRecord,
} from './record.ts';
export {
  type Minutes,
  type MinutesBoard,
  type MinutesCandidate,
  type MinutesContest,
  type MinutesIncident,
  type MinutesStatus,
  encodeMinutes,
  percentOf,
} from './minutes.ts';
export {
  type NotChecked,
  type RecordCheck,
  type RecordCheckName,
  type RecordFrame,
  type RecordReport,
  createRecordChecker,
  describeRecordReport,
  verifyRecord,
} from './verify-record.ts';
export { type SealedKeyPair, makeKeyPair } from './sealed/key-pair.ts';
export type { ModulusBits, PublicKeyProblem } from './sealed/public-key.ts';
export { makePassphrase, parsePassphrase } from './sealed/passphrase.ts';
export { SHARE_HOLDERS, type Share, type ShareProblem, isSplit, parseShare, shareHash } from './sealed/share.ts';
export {
  type CombinedShares,
  type ExpectedShares,
  type SharesProblem,
  combineShares,
  splitPassphrase,
} from './sealed/split.ts';
export {
  type KeyFileFault,
  type KeyFileProblem,
  type OpenedKeyFile,
  openKeyFile,
  sealKeyFile,
} from './sealed/key-file.ts';
export { type Possession, type PossessionProblem, provePossession } from './sealed/possession.ts';
export {
  type BallotContext,
  type ContextProblem,
  type SealingContext,
  ballotContext,
  readBallotContext,
} from './sealed/ballot-context.ts';
export {
  BALLOT_LENGTH_LIMIT,
  type BallotFault,
  type SealedBallotProblem,
  type VerifiedBallot,
  verifySealedBallot,
} from './sealed/ballot.ts';
export { type SealedBallot, sealBallot } from './sealed/seal.ts';
export { type Decrypt, type OpenProblem, type OpenedBallot, openBallot, openBallotBy } from './sealed/open.ts';
export type { PlaintextProblem } from './sealed/plaintext.ts';
