// Participation as a view model: groups get their names and signs, in the order people look for them.

import { type BuildingRow, listBuildings } from '../domain/buildings.ts';
import type { Participation, ShownGroup } from '../domain/participation.ts';
import type { Page } from '../views/page.ts';
import type { GroupView, ParticipationView } from '../views/participation.ts';
import type { Deps } from './deps.ts';

const unassigned = { icon: 'people', colour: '#6b6b6b' } as const;
const together = { icon: 'three-dots', colour: '#6b6b6b' } as const;

export async function participationView(
  deps: Deps,
  page: Page,
  participation: Participation,
): Promise<ParticipationView> {
  const buildings = participation.buildings.length > 0 ? await listBuildings(deps.db.reader) : [];
  return viewOf(page, participation, buildings);
}

export function viewOf(page: Page, participation: Participation, rows: readonly BuildingRow[]): ParticipationView {
  const { voted, registered, atLeast, promotionsLater } = participation;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const building = (group: ShownGroup): GroupView => ({
    label: labelOf(page, group, byId.get(group.name)?.name ?? group.name),
    voted: group.voted,
    registered: group.registered,
    sign: group.kind === 'others' ? together : (byId.get(group.name) ?? unassigned),
  });
  const promotion = (group: ShownGroup): GroupView => ({
    label: labelOf(page, group, group.name),
    voted: group.voted,
    registered: group.registered,
  });
  return {
    total: { voted, registered, atLeast },
    buildings: inOrder(page, participation.buildings, building),
    promotions: inOrder(page, participation.promotions, promotion),
    promotionsLater,
  };
}

const labelOf = (page: Page, { kind }: ShownGroup, name: string): string =>
  kind === 'named' ? name : page.t(`turnout.${kind}`);

/** By name, E2 before E10; those without a name last. */
function inOrder(page: Page, groups: readonly ShownGroup[], view: (group: ShownGroup) => GroupView): GroupView[] {
  const kinds = ['named', 'none', 'others'];
  const collator = new Intl.Collator(page.locale, { numeric: true });
  return groups
    .map((group) => ({ rank: kinds.indexOf(group.kind), shown: view(group) }))
    .toSorted((a, b) => a.rank - b.rank || collator.compare(a.shown.label, b.shown.label))
    .map(({ shown }) => shown);
}
