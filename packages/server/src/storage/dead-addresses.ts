// Voters whose address does not exist (docs/decisions/081-addresses-that-do-not-exist.md): who gets no mail to all, and whom the
// roll shows when it is asked for them.

import { expressionBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** By the word of its server, unless it took a mail since. A correction voids that word. */
export const withDeadAddress = (electionId: string) =>
  expressionBuilder<Tables>()
    .selectFrom('deliveries as refused')
    .select('refused.voter_id')
    .where('refused.election_id', '=', electionId)
    .where('refused.status', '=', 'rejected')
    .where('refused.cause', '=', 'no-such-address')
    .where((on) =>
      on.not(
        on.exists(
          on
            .selectFrom('deliveries as taken')
            .select('taken.id')
            .whereRef('taken.voter_id', '=', 'refused.voter_id')
            .where('taken.status', '=', 'accepted')
            .whereRef('taken.changed_at', '>', 'refused.changed_at'),
        ),
      ),
    );
