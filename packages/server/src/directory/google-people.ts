// People as Google tells them: searched by the People API, listed by unit by the Admin SDK. Names and addresses are what
// strangers typed: one line each, of a length that a roll can hold; who has no address that can be one is left out.

import { z } from 'zod';
import type { DirectoryPage, DirectoryPerson, DirectoryUnit } from '../domain/directory-people.ts';
import { emailSchema } from '../domain/email.ts';
import { lineOf } from '../domain/text.ts';
import { askApi } from './google-api.ts';
import type { GoogleEndpoints } from './google-endpoints.ts';
import type { Found } from './provider.ts';

const found = 20;
const members = 200;
const longestName = 120;

const text = z.string().optional().catch(undefined);
const token = z.string().max(2000).optional();

const peopleSchema = z.object({
  people: z
    .array(
      z.object({
        names: z.array(z.object({ displayName: text, familyName: text, givenName: text })).optional(),
        emailAddresses: z
          .array(z.object({ value: text, metadata: z.object({ primary: z.boolean() }).partial().optional() }))
          .optional(),
        organizations: z.array(z.object({ title: text, department: text })).optional(),
      }),
    )
    .max(1000)
    .optional(),
  nextPageToken: token,
});

const usersSchema = z.object({
  users: z
    .array(
      z.object({
        primaryEmail: text,
        name: z.object({ givenName: text, familyName: text, fullName: text }).optional(),
        suspended: z.boolean().optional(),
        archived: z.boolean().optional(),
        orgUnitPath: text,
      }),
    )
    .max(1000)
    .optional(),
  nextPageToken: token,
});

const unitsSchema = z.object({
  organizationUnits: z
    .array(z.object({ name: text, orgUnitPath: text }))
    .max(20_000)
    .optional(),
});

export async function searchPeople(
  { people }: GoogleEndpoints,
  access: string,
  query: string,
  page?: string,
): Promise<Found<DirectoryPage>> {
  const address = new URL('/v1/people:searchDirectoryPeople', people);
  address.search = new URLSearchParams({
    query,
    readMask: 'names,emailAddresses,organizations',
    sources: 'DIRECTORY_SOURCE_TYPE_DOMAIN_PROFILE',
    pageSize: String(found),
    ...(page !== undefined && { pageToken: page }),
  }).toString();
  const answer = await askApi(access, address, peopleSchema);
  if (!answer.ok) return answer;
  const persons = (answer.value.people ?? []).flatMap(({ names, emailAddresses, organizations }) => {
    const [name, work] = [names?.[0], organizations?.[0]];
    const email = emailAddresses?.find(({ metadata }) => metadata?.primary) ?? emailAddresses?.[0];
    const about = [work?.title, work?.department].map(plain).filter(Boolean).join(', ');
    return personOf({ ...name, fullName: name?.displayName, email: email?.value, about });
  });
  return { ok: true, value: { people: persons, next: answer.value.nextPageToken || undefined } };
}

export async function listUnits({ admin }: GoogleEndpoints, access: string): Promise<Found<readonly DirectoryUnit[]>> {
  const address = new URL('/admin/directory/v1/customer/my_customer/orgunits?type=all', admin);
  const answer = await askApi(access, address, unitsSchema);
  if (!answer.ok) return answer;
  const units = (answer.value.organizationUnits ?? []).flatMap(({ name, orgUnitPath }) =>
    isPath(orgUnitPath) ? [{ path: orgUnitPath, name: plain(name) || orgUnitPath }] : [],
  );
  const sorted = units.toSorted((a, b) => a.path.localeCompare(b.path));
  return { ok: true, value: [{ path: '/', name: '/' }, ...sorted.filter(({ path }) => path !== '/')] };
}

const isPath = (path: string | undefined): path is string =>
  path !== undefined && path.startsWith('/') && path.length <= 1000 && plain(path) === path;

/** Who is suspended or archived cannot read a mail. */
export async function listMembers(
  { admin }: GoogleEndpoints,
  access: string,
  unit: string,
  page?: string,
): Promise<Found<DirectoryPage>> {
  const address = new URL('/admin/directory/v1/users', admin);
  address.search = new URLSearchParams({
    customer: 'my_customer',
    query: `orgUnitPath='${unit.replace(/[\\']/g, '\\$&')}' isSuspended=false`,
    orderBy: 'familyName',
    maxResults: String(members),
    projection: 'basic',
    fields: 'nextPageToken,users(primaryEmail,name(givenName,familyName,fullName),suspended,archived,orgUnitPath)',
    ...(page !== undefined && { pageToken: page }),
  }).toString();
  const answer = await askApi(access, address, usersSchema);
  if (!answer.ok) return answer;
  const people = (answer.value.users ?? [])
    .filter(({ suspended, archived }) => suspended !== true && archived !== true)
    .flatMap(({ name, primaryEmail, orgUnitPath }) =>
      personOf({ ...name, email: primaryEmail, about: plain(orgUnitPath) }),
    );
  return { ok: true, value: { people, next: answer.value.nextPageToken || undefined } };
}

interface Told {
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly fullName?: string | undefined;
  readonly email?: string | undefined;
  readonly about: string;
}

/** Nobody where there is no address. A name that is told as a whole is split at its last space: a person will look at it. */
function personOf({ familyName, givenName, fullName, email, about }: Told): DirectoryPerson[] {
  const address = emailSchema.safeParse(email ?? '');
  if (!address.success) return [];
  const [last, first, full] = [plain(familyName), plain(givenName), plain(fullName)];
  const at = full.lastIndexOf(' ');
  const names =
    last === '' && first === ''
      ? { lastName: full.slice(at + 1), firstName: full.slice(0, Math.max(at, 0)) }
      : { lastName: last, firstName: first };
  return [{ ...names, email: address.data, about: about.slice(0, longestName) }];
}

const line = lineOf(longestName);

/** No letter outside the first plane is cut in two. */
const firstLetters = (text: string): string =>
  text
    .slice(0, longestName)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();

/** What hides or turns letters is no name. */
function plain(said: string | undefined): string {
  const shortened = firstLetters((said ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim());
  return line.safeParse(shortened).data ?? '';
}
