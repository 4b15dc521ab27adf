// Why a ballot does not count, in the words the key holder read when the box was opened; files keep the code itself.
import type { Page } from './page.ts';

export function invalidReason({ t }: Pick<Page, 't'>, reason: string): string {
  switch (reason) {
    case 'undecryptable':
      return t('deliberation.reason-undecryptable');
    case 'malformed-plaintext':
    case 'bad-padding':
      return t('deliberation.reason-malformed');
    default:
      return t(reason.startsWith('selection-') ? 'deliberation.reason-selection' : 'deliberation.reason-sealing');
  }
}
