// Puts the checker of elections together as one HTML file that works from disk: styles, program, the workers' program, sentences
// and licences stand in it, and its policy names them by their hashes. Node only, part of the build; the same parts give the same bytes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

export interface DiskPageParts {
  readonly styles: string;
  /** One script without imports. */
  readonly program: string;
  readonly worker: string;
  readonly messages: Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>>;
  readonly version: string;
  readonly licences: string;
}

export function diskPage({ styles, program, worker, messages, version, licences }: DiskPageParts): string {
  for (const part of [styles, program, worker])
    assert(!/<\/(script|style)|<!--/i.test(part), 'a part would end its element');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(program)}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(styles)}'`,
    'worker-src blob:',
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html votix-worker',
  ].join('; ');
  const { en, fr } = messages;
  const without = ({ 'no-script-title': title, 'no-script': text }: DiskPageParts['messages']['en']) =>
    `<h2>${escaped(title!)}</h2><p>${escaped(text!)}</p><pre><code>${escaped(COMMAND)}</code></pre>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Votix</title>
<style>${styles}</style>
</head>
<body class="public">
<div id="verify" class="disk"></div>
<noscript><main class="main">${without(en)}<div lang="fr">${without(fr)}</div></main></noscript>
<script type="application/json" id="verify-data">${dataOf({ version, messages })}</script>
<script type="text/plain" id="worker-program">${worker}</script>
<script>${program}</script>
</body>
</html>
<!--
${licences.replaceAll(/-(?=-)/g, '- ')}
-->
`;
}

const COMMAND = 'votix-offline verify FILE';

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function dataOf(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
