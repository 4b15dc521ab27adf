// Trusted Types refuse plain strings as worker addresses. The policy lets through one: the one the server wrote into
// the page. Browsers without Trusted Types take the plain string.
import { assert } from './assert.ts';

interface ScriptUrlPolicy {
  createScriptURL(url: string): URL;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

export function trustedWorkerUrl(workerUrl: string): string | URL {
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypesFactory };
  if (trustedTypes === undefined) return workerUrl;
  policy ??= trustedTypes.createPolicy('votix-worker', {
    createScriptURL: (url) => {
      assert(url === workerUrl, 'only the worker of this page');
      return url;
    },
  });
  return policy.createScriptURL(workerUrl);
}
