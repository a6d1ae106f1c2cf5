import { HIDDEN, maskAddress } from '../../core/mask-secrets.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import type { Origin, Settings } from './settings.ts';

/** One line of `config show`. */
export interface SettingRow {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly origin: Origin;
}

/** The settings that hold, by their names, with secrets hidden. */
export function settingRows(settings: Settings): readonly SettingRow[] {
  return Object.entries(settings).flatMap(([name, { value, origin }]) =>
    [...flatten(value, name)].map(([part, inner]) => ({ name: part, value: mask(part, inner as string), origin })),
  );
}

function mask<Value>(name: string, value: Value): Value | string {
  if (name.endsWith('password')) return HIDDEN;
  if (typeof value !== 'string') return value;
  // Where notices go the whole path may be a secret.
  if (/^notices\..*\.url$/.test(name)) return URL.canParse(value) ? `${new URL(value).origin}/${HIDDEN}` : HIDDEN;
  // A URL may hold a password before its host, and a token behind its question mark; one may also stand in a wrong place.
  return name.endsWith('url') ? maskAddress(value).replace(/\?.*$/s, `?${HIDDEN}`) : maskAddress(value);
}

/** What changes from one to the other, one line each: `+` new, `~` changed, `-` gone; secrets hidden. */
export function changesText(old: Preferences, next: Preferences): string {
  const [before, after] = [flatten(old), flatten(next)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const lines = names.flatMap(name => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${name}: ${mask(name, is)}`];
    if (is === undefined) return [`- ${name}: ${mask(name, was)}`];
    return [`~ ${name}: ${mask(name, was)} becomes ${mask(name, is)}`];
  });
  return lines.length === 0 ? 'Nothing changes.\n' : `${lines.join('\n')}\n`;
}

function flatten(value: unknown, prefix = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, value]]);
  const entries = Object.entries(value);
  return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, prefix === '' ? key : `${prefix}.${key}`)]));
}
