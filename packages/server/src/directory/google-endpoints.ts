// Where Google answers (https://accounts.google.com/.well-known/openid-configuration, and the two references of its APIs).
// Constants, so that no setting and no answer can send a secret elsewhere; only tests give others.

export interface GoogleEndpoints {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly revocation: string;
  /** https://developers.google.com/people/api/rest/v1/people/searchDirectoryPeople */
  readonly people: string;
  /** https://developers.google.com/workspace/admin/directory/reference/rest/v1/users/list */
  readonly admin: string;
}

export const googleEndpoints: GoogleEndpoints = {
  issuer: 'https://accounts.google.com',
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
  people: 'https://people.googleapis.com',
  admin: 'https://admin.googleapis.com',
};

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/** To look people up. */
export const searchScope = scope('directory.readonly');
/** To list a unit's people, and the units. */
export const unitScopes = [scope('admin.directory.user.readonly'), scope('admin.directory.orgunit.readonly')] as const;
