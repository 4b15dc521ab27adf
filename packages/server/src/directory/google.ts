// A Google Workspace as a directory of people.

import { strict as assert } from 'node:assert';
import { isSafeAddress } from './asking.ts';
import { type GoogleEndpoints, googleEndpoints, searchScope, unitScopes } from './google-endpoints.ts';
import { authorizationAddress, redeemCode, refreshAccess, revokeToken } from './google-grants.ts';
import { listMembers, listUnits, searchPeople } from './google-people.ts';
import type { DirectoryProvider } from './provider.ts';

export function createGoogle(endpoints: GoogleEndpoints = googleEndpoints): DirectoryProvider {
  for (const address of Object.values(endpoints))
    assert(isSafeAddress(address), `${address} is no address for secrets.`);
  return {
    name: 'google',
    authorize: (client, asked) => authorizationAddress(endpoints, client, asked),
    redeem: (client, pending, answer) => redeemCode(endpoints, client, pending, answer),
    refresh: (client, token) => refreshAccess(endpoints, client, token),
    revoke: (token) => revokeToken(endpoints, token),
    allowsSearch: (scopes) => scopes.includes(searchScope),
    allowsUnits: (scopes) => unitScopes.every((scope) => scopes.includes(scope)),
    search: (access, query, page) => searchPeople(endpoints, access, query, page),
    listUnits: (access) => listUnits(endpoints, access),
    listMembers: (access, unit, page) => listMembers(endpoints, access, unit, page),
  };
}
