// The one interface every way to seal fits, so that the rest of the product needn't ask which one an election uses.
// Specification: "Two ways to seal a ballot". sealed/sealed-box.ts is the first to satisfy it.

import type { Definition } from './definition.ts';
import type { Selections } from './selection.ts';
import type { RecordReport } from './verify-record.ts';

/** A refusal with its reason. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
}

/** The types in which sealings differ. */
export interface SealingTypes {
  /** What makes new keys, and what a key holder then has. */
  readonly keys: unknown;
  /** What a proof of possession takes. */
  readonly possession: unknown;
  /** What sealing, verifying and opening ballots of one election take. */
  readonly context: unknown;
  /** What opens ballots. */
  readonly opening: unknown;
  /** The public record. */
  readonly record: unknown;
}

/** The eight operations of a sealing. */
export interface Sealing<T extends SealingTypes> {
  readonly name: Definition['sealing'];
  /** Makes a key holder's keys. */
  readonly makeKeys: () => Promise<T['keys']>;
  /** Proves on the holder's machine that the keys can be used. */
  readonly provePossession: (o: T['possession']) => Promise<{ readonly ok: true } | Refusal>;
  /** The context of an election from its definition's exact text and its public key. */
  readonly prepare: (
    definitionText: unknown,
    publicKey: unknown,
  ) => Promise<{ readonly ok: true; readonly context: T['context'] } | Refusal>;
  /** Seals a voter's selections. */
  readonly seal: (
    context: T['context'],
    selections: unknown,
  ) => Promise<{ readonly ok: true; readonly ballot: string; readonly receipt: string } | Refusal>;
  /** Verifies a sealed ballot without any secret. */
  readonly verify: (
    context: T['context'],
    ballot: unknown,
  ) => { readonly ok: true; readonly ballot: string; readonly receipt: string } | Refusal;
  /** The fingerprint of a ballot that its voter keeps: the receipt. */
  readonly fingerprint: (ballot: string) => string;
  /** Opens one ballot after the close. */
  readonly open: (
    context: T['context'],
    opening: T['opening'],
    ballot: unknown,
  ) => Promise<{ readonly ok: true; readonly selections: Selections } | Refusal>;
  /** Checks the public record. */
  readonly verifyRecord: (record: T['record']) => RecordReport;
}
