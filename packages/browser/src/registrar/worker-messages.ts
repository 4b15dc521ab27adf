// What the registrar's page and its worker say to each other. Both ends are ours, of one release; only shapes are shared here.
import type { GroupName } from '@votix/protocol/verifiable';

export interface MakeRequest {
  readonly groupName: GroupName;
  readonly uuid: string;
  readonly count: number;
}

export interface MadeCode {
  readonly secret: string;
  readonly publicText: string;
}

export type MakeAnswer =
  { readonly type: 'progress'; readonly done: number } | { readonly type: 'made'; readonly codes: readonly MadeCode[] };
