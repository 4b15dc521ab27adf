import { expect, test } from 'vitest';
import { ascendingUuids } from './uuids.ts';

test('ids in ascending order are random ones of version 4, each made when it is asked for', () => {
  const ids = [...ascendingUuids(2000)];
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(2000);
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(ids.filter((id) => !form.test(id))).toEqual([]);
  const digits = Array.from({ length: 36 }, (_, place) => new Set(ids.map((id) => id[place])).size);
  expect(digits.filter((count) => count === 16)).toHaveLength(30); // 32, but for the version and the variant
  expect([...ascendingUuids(0)]).toEqual([]);
});
