// Buildings of the instance: the list, and one building's form with its icon, its colour and its deletion.
import { html } from 'hono/html';
import { buildingSign } from './building-sign.ts';
import { errorSummary, selectField, textField } from './form.ts';
import { type IconChoices, iconPicker } from './icon-picker.ts';
import { layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface BuildingItem {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly colour: string;
  /** How many elections have voters of it. */
  readonly elections: number;
}

export interface BuildingsView {
  readonly buildings: readonly BuildingItem[];
  readonly done?: string | undefined;
}

export interface BuildingUse {
  readonly id: string;
  readonly election: string;
  readonly armed: boolean;
  readonly voters: number;
}

interface ExistingBuilding {
  readonly id: string;
  readonly uses: readonly BuildingUse[];
  /** Where its voters can go. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

export interface BuildingForm {
  /** Undefined for a new one. */
  readonly existing?: ExistingBuilding | undefined;
  readonly values: {
    readonly name: string;
    readonly icon: string;
    readonly colour: string;
    readonly typedColour: string;
    readonly search: string;
  };
  readonly icons: IconChoices;
  readonly problems: Problems;
}

const list = '/console/buildings';
const maySave = (page: Page): boolean => page.account?.role !== 'observer';

export function buildingsPage(page: Page, { buildings, done }: BuildingsView): Html {
  const title = page.t('nav.section.buildings');
  const add = html`<a class="button button--primary" href="${page.href(`${list}/new`)}">${page.t('buildings.add')}</a>`;
  const content = html`${doneNotice(done)}
    <div class="title-row">
      <h1>${title}</h1>
      ${maySave(page) && buildings.length > 0 ? add : ''}
    </div>
    <p class="lead">${page.t('buildings.lead')}</p>
    ${
      buildings.length === 0
        ? html`<div class="empty">
          <h2>${page.t('buildings.empty-title')}</h2>
          <p>${page.t('buildings.empty')}</p>
          ${maySave(page) ? html`<p>${add}</p>` : ''}
        </div>`
        : html`<ul class="rows">
          ${buildings.map((building) => buildingRow(page, building))}
        </ul>`
    }`;
  return layoutConsole(page, { title, section: 'buildings', content });
}

function buildingRow(page: Page, building: BuildingItem): Html {
  const edit = html`<a class="button button--quiet" href="${page.href(`${list}/${building.id}`)}"
    >${page.t('buildings.edit')} <span class="visually-hidden">${building.name}</span></a
  >`;
  return html`<li class="row row--middle">
    <div class="signed">
      ${buildingSign(page, building)}
      <div>
        <h2>${building.name}</h2>
        <p class="quiet">${page.t('buildings.used', { elections: building.elections })}</p>
      </div>
    </div>
    ${maySave(page) ? edit : ''}
  </li>`;
}

export function buildingPage(page: Page, { existing, values, icons, problems }: BuildingForm): Html {
  const title = page.t(existing ? 'buildings.edit-title' : 'buildings.add');
  const path = existing ? `${list}/${existing.id}` : `${list}/new`;
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(list)}">${page.t('buildings.back')}</a></p>
    <h1>${title}</h1>
    <form method="post" action="${page.href(path)}" class="form" novalidate>
      ${textField({
        name: 'name',
        label: page.t('buildings.name'),
        hint: page.t('buildings.name-hint'),
        value: values.name,
        problem: problems['name'],
        more: { required: true, maxlength: 120, autocomplete: 'off' },
      })}
      ${colourFields(page, values, problems)}
      ${iconPicker(page, { ...icons, chosen: values.icon, search: values.search, problem: problems['icon'] })}
      <button class="button button--primary">${page.t(existing ? 'buildings.save' : 'buildings.add')}</button>
    </form>
    ${existing === undefined ? '' : removal(page, existing)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, section: 'buildings', content, hasProblems });
}

/** The native colour field, and one to type into for those who cannot use it; what is typed counts. */
function colourFields(page: Page, { colour, typedColour }: BuildingForm['values'], problems: Problems): Html {
  return html`<div class="pair">
    ${textField({
      name: 'colour',
      type: 'color',
      label: page.t('buildings.colour'),
      hint: page.t('buildings.colour-hint'),
      value: colour,
      problem: problems['colour'],
      more: { 'data-colour': 'typedColour' },
    })}
    ${textField({
      name: 'typedColour',
      label: page.t('buildings.typed-colour'),
      hint: page.t('buildings.typed-colour-hint'),
      value: typedColour,
      problem: problems['typedColour'],
      width: 'medium',
      more: { maxlength: 20, autocomplete: 'off', spellcheck: 'false', placeholder: '#1f7a8c' },
    })}
  </div>`;
}

function removal(page: Page, existing: ExistingBuilding): Html {
  return html`<section class="apart" aria-labelledby="remove-building">
    <h2 id="remove-building">${page.t('buildings.remove-title')}</h2>
    ${removalForm(page, existing)}
  </section>`;
}

function removalForm(page: Page, { id, uses, others }: ExistingBuilding): Html {
  const armed = uses.filter((use) => use.armed);
  if (armed.length > 0)
    return notice('info', page.t('buildings.kept-title'), html`${page.t('buildings.kept')} ${useList(page, armed)}`);
  const button = html`<button class="button button--danger">${page.t('buildings.remove')}</button>`;
  const action = page.href(`${list}/${id}/delete`);
  if (uses.length === 0)
    return html`<p>${page.t('buildings.remove-text')}</p>
      <form method="post" action="${action}">${button}</form>`;
  const choices = [
    { value: '', label: page.t('turnout.none') },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const voters = uses.reduce((sum, use) => sum + use.voters, 0);
  return html`<p>${page.t('buildings.remove-used', { voters })}</p>
    ${useList(page, uses)}
    <form method="post" action="${action}" class="form">
      <input type="hidden" name="move" value="yes" />
      ${selectField({ name: 'moveTo', label: page.t('buildings.move-to'), value: '', choices, width: 'medium' })}
      <button class="button button--danger">${page.t('buildings.move-and-remove')}</button>
    </form>`;
}

function useList(page: Page, uses: readonly BuildingUse[]): Html {
  return html`<ul class="spaced">
    ${uses.map(
      ({ id, election, voters }) =>
        html`<li>
          <a href="${page.href(`/console/elections/${id}`)}">${election}</a>, ${page.t('buildings.voters', { voters })}
        </li>`,
    )}
  </ul>`;
}
