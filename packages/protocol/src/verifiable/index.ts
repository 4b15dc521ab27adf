// The whole public surface of @votix/protocol/verifiable: elections that anyone can check, in the format of Belenios 3. Apart
// from the package's main surface, so that a page that needs none of it loads none of it.

export { type Element, type Group, type GroupName, textOf } from './group.ts';
export { findGroup } from './groups.ts';
export { parseScalar, randomScalar } from './scalar.ts';
export type { Question } from './question.ts';
export {
  type Election,
  type ElectionContext,
  type ElectionProblem,
  encodeElection,
  fingerprintOf,
  readElection,
} from './election.ts';
export { randomBase58 } from './base58.ts';
export { makeCredential, parseCredential, publicCredential } from './credential.ts';
export {
  type CredentialList,
  type CredentialListProblem,
  encodeCredentials,
  readCredentials,
} from './credential-list.ts';
export { type TrusteeKey, encodeTrusteeKey, isPossessed, parseTrusteeKey, trusteeKeyOf } from './trustee-key.ts';
export { type SignedMessage, encodeSignedMessage, parseSignedMessage } from './signed-message.ts';
export { makeSeed } from './seed.ts';
export {
  type Ceremony,
  type CeremonyProblem,
  type MemberKey,
  type Polynomial,
  assemblePedersen,
  checkCertificate,
  checkMemberKey,
  checkPolynomial,
  encodePolynomial,
  makeCertificate,
  makeMemberKey,
  makePolynomial,
  openDecryptionKey,
  parsePolynomial,
} from './ceremony.ts';
export {
  type Pedersen,
  type ShareOwner,
  type TrusteeItem,
  electionKeyOf,
  encodeTrustees,
  readTrustees,
  shareOwners,
} from './trustees.ts';
export { type Choice, type ChoiceProblem, type Choices, checkChoices } from './choices.ts';
export { type SealedBallot, sealBallot } from './seal.ts';
export { type Ballot, type BallotProblem, type VerifiedBallot, readBallot, verifyBallot } from './ballot.ts';
export {
  type EncryptedTally,
  type FinalBallot,
  type Tally,
  encodeTally,
  joinTallies,
  parseTally,
  tallyOf,
} from './tally.ts';
export { type Share, encodeShare, parseShare } from './share.ts';
export { type StrictFile, type StrictShare, encodeStrictFile, encodeStrictShare, parseStrictFile } from './strict.ts';
export { type MadeShare, makeShare, openTally } from './decrypt.ts';
export { type OwnedShare, type Result, type ShareSetProblem, checkShareSet } from './result.ts';
export {
  type Appended,
  type Board,
  type Head,
  appendBallot,
  appendResult,
  appendShare,
  appendTally,
  endBallots,
  headAfterBallot,
  setUp,
  tallyHash,
} from './archive-writer.ts';
export {
  type TrusteeFile,
  type TrusteeFileProblem,
  type TrusteeSecret,
  openTrusteeFile,
  sealTrusteeFile,
} from './trustee-file.ts';
export { type RegisteredVoter, type RegistrarFile, openRegistrarFile, sealRegistrarFile } from './registrar-file.ts';
export { type SignProblem, type SignedTally, encodeSignedTally, signTally } from './sign-tally.ts';
export { type ReceivedShare, type ShareProblem, receiveShare } from './received-share.ts';
export { type ArchiveEntry, readArchive } from './archive.ts';
export { type History, type Stage, readHistory } from './history.ts';
export { type BallotChecker, type BallotVerdict, type CountedBallot, createBallotChecker } from './verify-ballots.ts';
export {
  type ArchiveCheck,
  type ArchiveCheckName,
  type ArchiveFacts,
  type ArchiveReport,
  type JudgedArchive,
  type OpenedArchive,
  describeArchiveReport,
  openArchive,
  verifyArchive,
} from './verify.ts';
export { findVerifyingGroup } from './verifying-group.ts';
