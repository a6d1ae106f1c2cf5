import type { Keymap } from './keymap.ts';

/** One row of help: keys that belong together, and what they do. */
export interface HelpRow {
  readonly keys: string;
  readonly help: string;
}

/** Rows that the signs below the keys take on the help screen. */
const SIGN_ROWS = 12;

/** The key table as help and README show it; keys with the same words share a row. */
export function helpTable(keymap: Keymap): readonly HelpRow[] {
  const rows = new Map<string, Set<string>>();
  for (const { shown, help, places } of keymap.bindings) {
    if (places.every(place => place === 'dialog')) continue;
    const keys = rows.get(help) ?? new Set<string>();
    rows.set(help, keys.add(shown));
  }
  return [...rows].map(([help, keys]) => ({ keys: [...keys].join(' '), help }));
}

/** How many rows the help screen has. */
export const helpRows = (keymap: Keymap): number => helpTable(keymap).length + SIGN_ROWS;
