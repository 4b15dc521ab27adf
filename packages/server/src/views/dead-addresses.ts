// Voters whose address does not exist: no mail to all goes there again, and somebody has to find out the right one.
import { html } from 'hono/html';
import type { ElectionHead } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export function deadAddressNotice(page: Page, { id }: ElectionHead, count: number): Html | '' {
  if (count === 0) return '';
  const href = page.href(`/console/elections/${id}/voters?voted=no&mail=dead`);
  const link = html`<a href="${href}">${page.t('mails.dead-addresses-go')}</a>`;
  return notice(
    'warn',
    page.t('mails.dead-addresses-title', { count }),
    html`${page.t('mails.dead-addresses', { count })} ${link}`,
  );
}
