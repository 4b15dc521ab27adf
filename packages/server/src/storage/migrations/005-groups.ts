// How many are on the roll, in all and per group, so that no public page counts voters; and the casts per group of
// elections that were open before they were counted.

import { migrationOf } from './dialect.ts';

export const groups = migrationOf(({ id, clustered }) => {
  const votes = 'FROM signatures JOIN voters ON voters.id = signatures.voter_id';
  return [
    `CREATE TABLE roll_counts (
      election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('all', 'building', 'promotion')), name ${id} NOT NULL,
      voters INTEGER NOT NULL, PRIMARY KEY (election_id, kind, name))${clustered}`,
    'CREATE INDEX voters_grouped ON voters (election_id, building_id, promotion)',
    `INSERT INTO roll_counts SELECT election_id, 'all', '', count(*) FROM voters GROUP BY election_id`,
    `INSERT INTO roll_counts SELECT election_id, 'building', coalesce(building_id, ''), count(*)
      FROM voters GROUP BY election_id, building_id`,
    `INSERT INTO roll_counts SELECT election_id, 'promotion', promotion, count(*)
      FROM voters GROUP BY election_id, promotion`,
    `INSERT INTO turnout SELECT signatures.election_id, 'building', coalesce(building_id, ''), count(*)
      ${votes} GROUP BY signatures.election_id, building_id`,
    `INSERT INTO turnout SELECT signatures.election_id, 'promotion', promotion, count(*)
      ${votes} GROUP BY signatures.election_id, promotion`,
  ];
});
