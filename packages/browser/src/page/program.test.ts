// The loop of every program: what comes before the drawing and what after it.

import { afterEach, expect, test, vi } from 'vitest';
import { runProgram } from './program.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Effects are letters, capitals are urgent. What happens is written down; `picture` lets the browser make the next one. */
function aProgram() {
  const seen: string[] = [];
  const frames = new Map<number, () => void>();
  let made = 0;
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.set(++made, draw) && made);
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame));
  const dispatch = runProgram<number, string, string>({
    first: { state: 0, effects: [] },
    reduce: (state, event) => ({ state: state + 1, effects: event.split('') }),
    draw: (state) => seen.push(`draw ${state}`),
    perform: (effect) => seen.push(effect),
    isUrgent: (effect) => effect === effect.toUpperCase(),
  });
  const picture = () => {
    const due = [...frames.values()];
    frames.clear();
    for (const draw of due) draw();
  };
  return { dispatch, picture, seen: () => seen.splice(0) };
}

test('urgent effects are begun before the new state is drawn, all others after it, each in their order', () => {
  const { dispatch, picture, seen } = aProgram();
  expect(seen()).toEqual(['draw 0']);
  dispatch('aBcD');
  picture();
  expect(seen()).toEqual(['B', 'D', 'draw 1', 'a', 'c']);
});

test('a step that only has urgent effects is drawn with the next picture, once for several', () => {
  const { dispatch, picture, seen } = aProgram();
  dispatch('A');
  dispatch('BC');
  expect(seen()).toEqual(['draw 0', 'A', 'B', 'C']);
  picture();
  picture();
  expect(seen()).toEqual(['draw 2']);
});

test('what is drawn at once is not drawn again, and waits for no picture where the browser makes none', () => {
  const { dispatch, picture, seen } = aProgram();
  dispatch('A');
  dispatch('');
  expect(seen()).toEqual(['draw 0', 'A', 'draw 2']);
  picture();
  expect(seen()).toEqual([]);
  dispatch('B');
  picture();
  expect(seen()).toEqual(['B', 'draw 3']);
});
