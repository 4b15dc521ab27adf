// Finished sentences from the server; only simple {name} placeholders are filled in here, as text and never as HTML.
import { assert } from './assert.ts';

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function speakWith(messages: Readonly<Record<string, string>>): Say {
  return (key, values = {}) => {
    const message = messages[key];
    assert(message !== undefined, `no message ${key}`);
    return message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  };
}
