// The first screen: an election of this site, or a file of one's own.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { VerifyView } from './screen.ts';
import type { Problem, VerifyState } from './state.ts';
import type { GivenFile } from './worker-messages.ts';

export function choosePage(view: VerifyView, state: VerifyState): TemplateResult {
  return html`${state.problem === null ? nothing : problemBox(view, state.problem)}
  ${view.elections.length === 0 ? nothing : electionForm(view, state)} ${fileForm(view)}`;
}

function problemBox({ say }: VerifyView, problem: Problem): TemplateResult {
  const key = problem.kind === 'file' ? problem.problem : problem.kind;
  return html`<div class="error-summary" id="problem" role="alert" tabindex="-1">
    <h2>${say(`problem-${key}-title`)}</h2>
    <p>${say(`problem-${key}`)}</p>
  </div>`;
}

function electionForm({ say, elections, dispatch }: VerifyView, { election }: VerifyState): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'election-pressed', elections });
  };
  const choose = (event: Event) => dispatch({ type: 'election-chosen', id: (event.target as HTMLSelectElement).value });
  return html`<section class="card" aria-labelledby="here-title">
    <h2 id="here-title" tabindex="-1">${say('here-title')}</h2>
    <p>${say('here-text')}</p>
    <form class="form" method="dialog" @submit=${submit}>
      <div class="field">
        <label for="election">${say('here-label')}</label>
        <select id="election" @change=${choose}>
          ${elections.map(
            ({ id, name, when }) => html`<option value=${id} ?selected=${id === election}>${name} – ${when}</option>`,
          )}
        </select>
      </div>
      <button class="button button--primary">${say('here-check')}</button>
    </form>
  </section>`;
}

/** Checked as soon as it is chosen: nothing else could be meant, and nothing leaves the machine. */
function fileForm({ say, dispatch }: VerifyView): TemplateResult {
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const files = givenFiles(input.files);
    input.value = ''; // so that the same file, changed, can be chosen again
    dispatch({ type: 'files-given', files });
  };
  return html`<section class="card drop" aria-labelledby="file-title">
    <h2 id="file-title" tabindex="-1">${say('file-title')}</h2>
    <p>${say('file-text')}</p>
    <div class="field">
      <label for="file">${say('file-label')}</label>
      <p class="hint" id="file-hint">${say('file-hint')}</p>
      <input type="file" id="file" multiple aria-describedby="file-hint" @change=${chosen} />
    </div>
    <p class="hint">${say('file-stays')}</p>
  </section>`;
}

export function givenFiles(files: FileList | null | undefined): readonly GivenFile[] {
  return [...(files ?? [])].map((file) => ({ name: file.name, content: file }));
}
