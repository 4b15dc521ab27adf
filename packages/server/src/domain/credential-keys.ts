// The keys that credentials wait under until they are sent: one for each arming, outside the database and its backups. With
// the key a stolen database could tell every credential; once it is destroyed nobody can, the server included.

export interface CredentialKeys {
  /** A new key, written down before it is given. */
  make(): Promise<{ readonly id: string; readonly key: string }>;
  /** Undefined once it is destroyed, or where this machine never had it. */
  find(id: string): Promise<string | undefined>;
  destroy(id: string): Promise<void>;
  /** Destroys those that nothing names any more; the newest may belong to an arming on its way. */
  sweep(named: ReadonlySet<string>): Promise<void>;
}
