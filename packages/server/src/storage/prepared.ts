// Queries of which every vote asks each once: to build one and write its text takes longer than the database's answer, so the text
// is made once for a connection. What is asked for are texts.

import type { CompiledQuery } from 'kysely';
import type { Reader } from './database.ts';

interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** Stands for the value of that number until there is one. */
const placeOf = (index: number): string => `\0${index}`;

/** `build` is given the values as strings to compare with, and must do nothing else with them. */
export function prepared<Values extends readonly string[], Row>(
  build: (db: Reader, ...values: Values) => Query<Row>,
): (db: Reader, ...values: Values) => Promise<Row[]> {
  const made = new WeakMap<Reader, CompiledQuery<Row>>();
  return async (db, ...values) => {
    const places = values.map((_, index) => placeOf(index));
    const query = made.get(db) ?? build(db, ...(places as unknown as Values)).compile();
    made.set(db, query);
    const parameters = query.parameters.map((value) => values[places.indexOf(value as string)] ?? value);
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
