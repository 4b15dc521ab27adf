// Why a check failed, in words: the protocol's exact reasons, those that mean the same to a reader under one sentence. The exact
// name stands beside the sentence on the page, for whoever looks it up in the specification.

/** Of each sentence (the message `why-…`), the reasons it is for. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  definition: [
    'definition-oversized',
    'definition-not-json',
    'definition-not-canonical',
    'definition-version',
    'definition-election',
    'definition-name',
    'definition-minimum-ballots',
    'definition-quorum',
    'definition-tie-rule',
    'definition-contests',
    'definition-contest',
    'definition-choices',
    'definition-seats',
    'definition-order',
    'definition-candidates',
  ],
  'other-sealing': ['definition-sealing'],
  order: ['not-in-the-order-of-the-rule'],
  'public-key': ['malformed-public-key', 'unsupported-public-key'],
  fingerprint: ['other-fingerprint'],
  window: ['instants-out-of-order'],
  'ballot-form': [
    'malformed-ballot',
    'oversized-ballot',
    'other-format',
    'ballot-oversized',
    'ballot-malformed',
    'ballot-not-canonical',
    'ballot-answer',
    'ballot-credential',
  ],
  'other-election': ['other-election', 'ballot-other-election'],
  'other-key': ['other-key'],
  receipts: ['receipts-not-ascending'],
  'box-hash': ['other-box-hash'],
  'too-many-signatures': ['more-signatures-than-registered'],
  signatures: ['ballots-differ-from-signatures'],
  minimum: ['opened-below-minimum'],
  sums: ['malformed-tally', 'tally-ballots', 'tally-contests', 'tally-candidates', 'tally-blank', 'tally-votes'],
  'other-ballots': ['result-of-other-ballots'],
  'listed-twice': ['listed-twice'],
  'listed-missing': ['listed-but-not-in-the-box'],
  'listed-number': ['other-number-than-the-result'],
  cut: ['archive-truncated'],
  packed: ['archive-header', 'archive-padding', 'archive-version', 'archive-file-name', 'archive-event'],
  changed: ['archive-file-hash'],
  'file-twice': ['archive-file-twice'],
  chain: ['event-height', 'event-parent', 'event-type', 'event-order', 'event-payload', 'no-setup'],
  objects: ['object-malformed', 'object-missing', 'object-unused', 'object-used-twice'],
  election: ['election-malformed', 'election-version'],
  group: ['election-group'],
  question: ['election-question-unsupported'],
  'election-key': ['election-key'],
  trustees: ['trustees-malformed'],
  'trustee-key': ['trustee-key-proof'],
  certificate: [
    'certificate-signature',
    'coefficients-signature',
    'polynomial-signature',
    'verification-key-signature',
  ],
  'verification-key': ['verification-key'],
  'before-3': ['certificate-before-3.0', 'polynomial-before-3.0', 'verification-key-before-3.0'],
  credentials: ['credentials-malformed', 'credential-element'],
  'credential-twice': ['credential-twice'],
  'credential-unknown': ['ballot-credential-unknown'],
  'choice-proof': ['choice-proof'],
  'overall-proof': ['overall-proof'],
  'blank-proof': ['blank-proof'],
  'ballot-signature': ['ballot-signature-hash', 'ballot-signature'],
  tally: ['tally-malformed', 'tally-ciphertext'],
  'tally-size': ['tally-number', 'tally-weight'],
  'share-missing': ['share-missing'],
  'share-set': ['share-surplus', 'share-owner-unknown', 'share-owner-twice', 'share-malformed'],
  'share-proof': ['share-proof'],
  strict: ['strict-malformed', 'strict-other-election', 'strict-missing'],
  'strict-proof': ['strict-proof'],
  result: ['result-malformed', 'result'],
};

const SENTENCE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(SENTENCES).flatMap(([sentence, reasons]) => reasons.map((reason) => [reason, sentence] as const)),
);

/** The key of the sentence; `why-unknown` for a reason that has none. */
export function whyKey(reason: string): string {
  return `why-${SENTENCE_OF.get(reason) ?? 'unknown'}`;
}

/** What the place of a check's fault is a place among; undefined where there is only one thing. */
export function placeKey(kind: 'record' | 'archive', name: string): string {
  if (name === 'candidate-order') return 'place-question';
  if (kind === 'record') return 'place-ballot';
  if (name === 'archive' || name === 'history') return 'place-file';
  if (name === 'credentials') return 'place-credential';
  if (name === 'shares' || name === 'share-proofs' || name === 'strict-proofs') return 'place-share';
  return /^(ballot|choice|overall|blank)-/.test(name) ? 'place-ballot' : 'place-trustee';
}
