// The stand-in's People API and Admin SDK: what they ask for, how they page, what they refuse.

import type { StandInPerson } from './google-people.ts';

export const scopePrefix = 'https://www.googleapis.com/auth/';

type People = readonly StandInPerson[];
type Api = readonly [scope: string, reply: (people: People, query: URLSearchParams) => object | undefined];

const apis: Readonly<Record<string, Api>> = {
  '/v1/people:searchDirectoryPeople': ['directory.readonly', search],
  '/admin/directory/v1/customer/my_customer/orgunits': ['admin.directory.orgunit.readonly', units],
  '/admin/directory/v1/users': ['admin.directory.user.readonly', users],
};

const refusal = (code: number, message: string, reason = '') => ({
  status: code,
  body: { error: { code, message, ...(reason !== '' && { details: [{ reason }] }) } },
});

/** `scopes` of the token; undefined where it is not taken. */
export function answerOf(people: People, scopes: readonly string[] | undefined, { pathname, searchParams }: URL) {
  if (!scopes) return refusal(401, 'Request had invalid authentication credentials.');
  const api = apis[pathname];
  if (!api) return refusal(404, 'Not found.');
  if (!scopes.includes(scopePrefix + api[0]))
    return refusal(403, 'Request had insufficient authentication scopes.', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
  const body = api[1](people, searchParams);
  return body === undefined ? refusal(400, 'Request contains an invalid argument.') : { status: 200, body };
}

/** A token of pages belongs to the question that gave it. */
function paged<T>(found: readonly T[], query: URLSearchParams, size: string) {
  const question = [...query]
    .filter(([name]) => name !== 'pageToken')
    .map((pair) => pair.join('='))
    .join('&');
  const [start, asked] = (query.get('pageToken') ?? `0 ${question}`).split(/ (.*)/s);
  const [at, most] = [Number(start), Number(query.get(size))];
  if (asked !== question || !(most >= 1 && most <= 500)) return undefined;
  const rest = at + most < found.length ? { nextPageToken: `${at + most} ${question}` } : {};
  return { page: found.slice(at, at + most), rest };
}

function search(people: People, query: URLSearchParams) {
  if (query.get('readMask') !== 'names,emailAddresses,organizations') return undefined;
  if (query.get('sources') !== 'DIRECTORY_SOURCE_TYPE_DOMAIN_PROFILE') return undefined;
  const word = (query.get('query') ?? '').toLowerCase();
  const found = people.filter(({ given, family, email }) =>
    [given, family, `${given} ${family}`, email].some((text) => text.toLowerCase().startsWith(word)),
  );
  const paging = word === '' ? undefined : paged(found, query, 'pageSize');
  return (
    paging && {
      people: paging.page.map(({ given: givenName, family: familyName, email, title }) => ({
        names: [{ displayName: `${givenName} ${familyName}`, givenName, familyName }],
        emailAddresses: [{ value: `alias.${email}` }, { value: email, metadata: { primary: true } }],
        ...(title !== undefined && { organizations: [{ title, type: 'work' }] }),
      })),
      ...paging.rest,
    }
  );
}

function units(people: People, query: URLSearchParams) {
  if (query.get('type') !== 'all') return undefined;
  const paths = [...new Set(people.map(({ unit }) => unit))].filter((path) => path !== '/');
  return { organizationUnits: paths.map((path) => ({ name: path.split('/').at(-1), orgUnitPath: path })) };
}

/** A unit stands for those below it as well. */
function users(people: People, query: URLSearchParams) {
  const unit = /^orgUnitPath='((?:[^'\\]|\\.)*)' isSuspended=false$/.exec(query.get('query') ?? '')?.[1];
  if (query.get('customer') !== 'my_customer' || unit === undefined) return undefined;
  const path = unit.replace(/\\(.)/g, '$1');
  const inside = people.filter((person) => `${person.unit}/`.startsWith(path === '/' ? '/' : `${path}/`));
  const living = inside.filter(({ suspended }) => suspended !== true);
  const paging = paged(living, query, 'maxResults');
  return (
    paging && {
      users: paging.page.map(({ given: givenName, family: familyName, email, unit: orgUnitPath, archived }) => ({
        primaryEmail: email,
        name: { givenName, familyName, fullName: `${givenName} ${familyName}` },
        orgUnitPath,
        ...(archived !== undefined && { archived }),
      })),
      ...paging.rest,
    }
  );
}
