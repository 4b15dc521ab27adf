// Every refusal there is: its status. Its sentences are the messages `reason.<reason>.title` and `.detail`.

export const statuses = {
  // the request
  'malformed-request': 400,
  'foreign-request': 403,
  'not-found': 404,
  'too-large': 413,
  'server-error': 500,
  'not-set-up': 503,
  // who asks
  'setup-link-used': 403,
  'login-required': 401,
  'reauthentication-required': 401,
  'role-required': 403,
  'wrong-login': 401,
  'login-paused': 429,
  // the console
  'unknown-election': 404,
  'unknown-candidate': 404,
  'election-armed': 409,
  'election-not-armed': 409,
  'election-abandoned': 409,
  'election-not-ready': 409,
  'election-changed': 409,
  'malformed-public-key': 400,
  'same-name': 409,
  'too-many-candidates': 409,
  'box-not-sealed': 409,
  'below-minimum': 409,
  'already-deliberated': 409,
  'not-deliberated': 409,
  'other-box': 409,
  'wrong-tally': 400,
  // the booth
  'unknown-link': 404,
  'replaced-link': 410,
  'too-early': 403,
  'too-late': 403,
  'already-voted': 409,
  'copied-ballot': 409,
  'wrong-code': 403,
  'code-locked': 429,
  'malformed-code': 400,
  'malformed-key': 400,
  'unknown-key': 404,
  'malformed-ballot': 400,
  'oversized-ballot': 413,
  'other-election': 400,
  'other-key': 400,
  'other-format': 400,
} as const;

export type Reason = keyof typeof statuses;
