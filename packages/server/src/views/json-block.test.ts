import { renderSVG } from 'uqr';
import { expect, test } from 'vitest';
import { markupOf } from '../../../../tests/support/view-page.ts';
import { jsonBlock, qrImage } from './json-block.ts';

const contentOf = (block: string): string => /^<script [^>]*>(.*)<\/script>$/s.exec(block)?.[1] ?? '';

test.each(['</script><script>alert(1)</script>', '<!--', ']]>', '&lt;', '\u2028\u2029', '"\'\\', '{"a":1}'])(
  'a data block keeps %s as data',
  async (hostile) => {
    const block = await markupOf(jsonBlock('data', { hostile, [hostile]: 1 }));
    expect(contentOf(block)).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(contentOf(block))).toEqual({ hostile, [hostile]: 1 });
  },
);

test('a QR code of our own generator is shown', async () => {
  const svg = renderSVG('https://vote.example.org/vote/1f0c3a7b-8f5e-4a0f-9d53-5a0d6c1e1000', { border: 0 });
  expect(await markupOf(qrImage(svg, 'Link of "Zoé"'))).toContain('aria-label="Link of &quot;Zoé&quot;"');
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  '<svg viewBox="0 0 1 1"><path d="M0,0"/></svg><img src=x>',
  '<img src="x">',
  '<svg><a href="javascript:alert(1)"><path d=""/></a></svg>',
  '<svg onload="alert(1)"></svg>',
  '',
])('anything else is not a QR code: %s', (svg) => {
  expect(() => qrImage(svg, 'x')).toThrow('not the SVG of a QR code');
});
