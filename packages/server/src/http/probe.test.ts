import { test } from 'vitest';
import { anApp } from '../../../../tests/support/app.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
test('probe', async () => {
  const at = await anApp();
  const v = at.visitor();
  for (const p of ['/', '//', '///', '//[', '/elections/%00', '/vote/x', '/livez', '/nope', '/%', '/%E0%A4', '/assets/../../etc/passwd', '/assets/..%2f..%2fx.a.js', '/setup', '/setup/x', '/setup/x/administrator']) {
    const r = await v.get(p).catch((e) => e);
    console.log(p, r.status, r instanceof Error ? r.message : [...r.headers.keys()].length);
  }
  const a = await at.admin();
  console.log((await a.head('/console')).status, (await at.visitor().head('/console')).status, (await at.visitor().get('/console')).status);
  const el = await anElectionIn(at.db, 'published');
  for (const p of ['', '/details','/candidates','/voters','/arm','/sheets','/deliberate','/result']) console.log(p, (await a.get(`/console/elections/${el.id}${p}`)).status);
  console.log((await at.visitor().cast(el.voters[0]!, 'x')).status);
  console.log(at.app.routes.filter(r=>r.method!=='ALL').map(r=>r.method+' '+r.path).join('\n'));
  console.log(at.log());
});
