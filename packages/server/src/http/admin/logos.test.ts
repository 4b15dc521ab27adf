import sharp from 'sharp';
import { expect, test } from 'vitest';
import { anApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { admin, anElection, armingOf, hour } from '../../../../../tests/support/elections.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';
import { armElection } from '../../domain/arming.ts';
import { readElection } from '../../domain/elections.ts';

const red = { r: 200, g: 30, b: 30 };
const png = await sharp({ create: { width: 800, height: 400, channels: 3, background: red } })
  .png()
  .toBuffer();

function upload(browser: Visitor, path: string, bytes: Uint8Array, fields: Readonly<Record<string, string>> = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ name: 'Dora', text: 'Hello', ...fields })) body.set(name, value);
  body.set('logo', new File([new Uint8Array(bytes)], 'logo.svg.exe', { type: 'text/html' }));
  return browser.send('POST', path, { body });
}

onBothDatabases((bench) => {
  async function made() {
    const at = await anApp({ bench: bench() });
    const id = await anElection(at.db, { opensIn: hour, closesIn: 2 * hour });
    const path = `/console/elections/${id}/candidates`;
    const candidates = async () => (await readElection(at.db.reader, id))!.contests[0]!.candidates;
    const named = async (name: string) => (await candidates()).find((candidate) => candidate.name === name);
    return { at, id, path, candidates, named, technician: await at.as('technician') };
  }

  test('a picture comes with the candidate, whatever its file is called, and is served to everyone for a year', async () => {
    const { at, path, named, technician } = await made();
    expect((await upload(technician, path, png)).status).toBe(303);
    const { logo } = (await named('Dora'))!;
    const answer = await at.visitor().get(`/logos/${logo}.webp`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const image = new Uint8Array(await answer.arrayBuffer());
    expect(await sharp(image).metadata()).toMatchObject({ format: 'webp', width: 512, height: 256 });
    const list = await (await technician.get(path)).text();
    expect(list).toContain(`src="/logos/${logo}.webp"`);
    expect(list).toContain('alt="Dora"');
  });

  test('a picture is replaced and removed; without a new file it stays', async () => {
    const { at, path, named, technician } = await made();
    const own = await sharp(png).resize(70, 50).png().toBuffer();
    await upload(technician, path, own);
    const { id, logo } = (await named('Dora'))!;
    await technician.post(`${path}/${id}`, { name: 'Dora', text: 'Other' });
    expect((await named('Dora'))!.logo).toBe(logo);
    const other = await sharp(png).negate().png().toBuffer();
    await upload(technician, `${path}/${id}`, other);
    expect((await named('Dora'))!.logo).not.toBe(logo);
    expect((await at.visitor().get(`/logos/${logo}.webp`)).status).toBe(404);
    expect((await technician.post(`${path}/${id}/logo/delete`)).status).toBe(303);
    expect((await named('Dora'))!.logo).toBeNull();
  });

  test('a file that cannot be used is refused in words, and what was typed stays', async () => {
    const { path, candidates, technician } = await made();
    const before = await candidates();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const [bytes, words] of [
      [svg, 'This is an SVG drawing'],
      [png.subarray(0, 90), 'the file is damaged'],
      [Buffer.from('MZ'), 'This file is no PNG'],
      [Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]), 'at most'],
    ] as const) {
      const answer = await upload(technician, path, bytes);
      const page = await answer.text();
      expect([answer.status, page]).toEqual([400, expect.stringContaining(words)]);
      expect(page).toContain('value="Dora"');
    }
    expect(await candidates()).toEqual(before);
  });

  test('a body beyond a picture and its form is not read; from strangers not even a large one', async () => {
    const { at, path, technician } = await made();
    const large = Buffer.alloc(6 * 1024 * 1024);
    expect((await upload(technician, path, large)).status).toBe(413);
    expect((await upload(at.visitor(), path, Buffer.alloc(200_000))).status).toBe(401);
  });

  test('after arming no picture is added, replaced or removed', async () => {
    const { at, id, path, named, technician } = await made();
    await upload(technician, path, png);
    const dora = (await named('Dora'))!;
    const { definition: _, ...arming } = await armingOf(at.db, id);
    expect(await armElection(at.db, admin, id, arming)).toMatchObject({ ok: true });
    expect((await upload(technician, path, png, { name: 'Emil' })).status).toBe(409);
    expect((await upload(technician, `${path}/${dora.id}`, png)).status).toBe(409);
    expect((await technician.post(`${path}/${dora.id}/logo/delete`)).status).toBe(409);
    expect((await named('Dora'))!.logo).toBe(dora.logo);
  });
});
