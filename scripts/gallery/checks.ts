// What must hold of a page however it is looked at; each check says what does not. WCAG 2.2 AA: reflow (1.4.10), text of twice
// the size (1.4.4), names, roles and targets (axe: 1.3.1, 2.4.4, 2.5.8, 4.1.2 and the others it knows), focus that is seen and
// not covered (2.4.7, 2.4.11), and two languages that we do not speak: one from right to left, one of longer words.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page as Tab } from '@playwright/test';

const namesAndTargets =
  'aria-command-name aria-dialog-name aria-input-field-name aria-meter-name aria-progressbar-name aria-toggle-field-name ' +
  'autocomplete-valid button-name document-title frame-title html-has-lang image-alt input-button-name label link-name ' +
  'select-name summary-name svg-img-alt target-size';
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function accessProblems(tab: Tab, without: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page: tab }).disableRules([...without]).withTags(standard);
  return described((await axe.analyze()).violations);
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

const described = (violations: Violations): string[] =>
  violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    return `${id}: ${help}: ${where.join(', ')}`;
  });

/** The part of it that pages differ in most, in a fraction of the time: a name for everything, and room for each target. */
export async function nameProblems(tab: Tab): Promise<string[]> {
  const axe = new AxeBuilder({ page: tab }).setLegacyMode().withRules(namesAndTargets.split(' '));
  return described((await axe.analyze()).violations);
}

export async function reflowProblems(tab: Tab): Promise<string[]> {
  const [overflow, width] = await tab.evaluate(async () => {
    const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // A window that has just got another size may be laid out once more.
    if (beyond() > 0) await new Promise((settled) => setTimeout(settled, 500));
    return [beyond(), window.innerWidth] as const;
  });
  return overflow > 0 ? [`${overflow} px too wide at ${width} px`] : [];
}

/** From a tablet on, no column of a table has to be looked for beyond the edge of its frame. */
export async function columnProblems(tab: Tab): Promise<string[]> {
  const hidden = await tab
    .locator('.table-frame')
    .evaluateAll((frames) => frames.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  return hidden.filter((px) => px > 0).map((px) => `${px} px of a table stand outside its frame`);
}

/** Nobody scrolls a television. */
export async function heightProblems(tab: Tab): Promise<string[]> {
  const hidden = await tab.evaluate(
    () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
  );
  return hidden > 0 ? [`${hidden} px do not fit on the screen`] : [];
}

/** Longer words, another direction, text of twice the size: nothing leaves the page. It must be loaded anew afterwards. */
export async function otherReadersProblems(tab: Tab): Promise<string[]> {
  const found: string[] = [];
  const note = async (how: string) => found.push(...(await reflowProblems(tab)).map((problem) => `${how}: ${problem}`));
  await tab.setViewportSize({ width: 640, height: 800 });
  await tab.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await note('text of 200 %');
  await tab.evaluate(() => (document.documentElement.style.fontSize = ''));
  await tab.setViewportSize({ width: 320, height: 640 });
  await note('a narrow screen');
  await tab.evaluate(() => {
    document.documentElement.dir = 'rtl';
    document.documentElement.lang = 'ar';
  });
  await note('from right to left');
  await tab.evaluate(stretchTexts);
  await note('a language of longer words');
  return found;
}

/** A pseudo-language: each text a third longer, with accents and marks on both ends that show where one is cut. */
function stretchTexts(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const said = text.data.trim();
    if (!/\p{L}{2}/u.test(said) || text.parentElement?.closest('script, code, pre, .secret, .digest, style') !== null)
      continue;
    text.data = `⟦${said} ${'ŵéñ '.repeat(Math.ceil(said.length / 12)).trim()}⟧`;
  }
}

/** Where people asked for no motion nothing moves, however shortly. */
export async function motionProblems(tab: Tab): Promise<string[]> {
  const moving = await tab.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
        const lasts = (durations: string) => durations.split(',').some((duration) => parseFloat(duration) > 0.001);
        return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
      })
      .map((element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`),
  );
  return [...new Set(moving)].map((element) => `moves although no motion was asked for: ${element}`);
}

/** Every control in the order of the page and back: has it the focus, is that drawn, and is a part of it not covered? */
export async function focusProblems(tab: Tab): Promise<string[]> {
  await tab.keyboard.press('Tab'); // from here on the browser draws the focus, as for somebody without a mouse
  return tab.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter(
      (control) =>
        control.checkVisibility({ visibilityProperty: true }) && !control.matches(':disabled, [type=hidden]'),
    );
    const nameOf = (control: HTMLElement) => control.outerHTML.replace(/\s+/g, ' ').slice(0, 100);
    const isDrawn = (control: HTMLElement) =>
      [control, control.closest('.option'), control.parentElement].some((part) =>
        [undefined, '::after'].some((pseudo) => {
          const { outlineStyle, boxShadow } = getComputedStyle(part ?? control, pseudo);
          return outlineStyle !== 'none' || boxShadow !== 'none';
        }),
      );
    const isSeen = (control: HTMLElement) => {
      const shown = control.matches('input') ? (control.closest<HTMLElement>('label, .option') ?? control) : control;
      const boxes = [...shown.getClientRects()];
      return boxes.some(({ left, right, top, bottom }) => {
        const [first, last] = [Math.max(top, 0), Math.min(bottom, window.innerHeight)];
        return [0.1, 0.5, 0.9].some((x) =>
          [0.1, 0.5, 0.9].some((y) =>
            shown.contains(document.elementFromPoint(left + (right - left) * x, first + (last - first) * y)),
          ),
        );
      });
    };
    const found = new Set<string>();
    for (const control of [...controls, ...controls.toReversed()]) {
      control.focus();
      if (document.activeElement !== control) found.add(`takes no focus: ${nameOf(control)}`);
      else if (!isDrawn(control)) found.add(`focus is not drawn: ${nameOf(control)}`);
      else if (!isSeen(control)) found.add(`focused and covered: ${nameOf(control)}`);
    }
    return [...found];
  });
}
