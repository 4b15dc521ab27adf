// What many letters share is read once for all that go out within a moment, and anew for the next ones: a text that was
// saved, or another name of the organisation, counts from then on.

const momentMs = 1000;

export interface Memory<Value> {
  /** What `read` said for this key a moment ago; a reading that failed is not kept. */
  recall(key: string, read: () => Promise<Value>): Promise<Value>;
}

export function createMemory<Value>(clock = () => performance.now()): Memory<Value> {
  const known = new Map<string, Promise<Value>>();
  let since = -Infinity;
  return {
    recall: async (key, read) => {
      if (clock() - since > momentMs) {
        known.clear();
        since = clock();
      }
      const value = known.get(key) ?? read();
      known.set(key, value);
      try {
        return await value;
      } catch (error) {
        known.delete(key);
        throw error;
      }
    },
  };
}
