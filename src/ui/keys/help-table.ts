import { wrapText } from '../../core/fit-text.ts';
import { roomInFrame } from '../layout/layout.ts';
import type { HouseView } from '../text/house-view.ts';
import type { StyleName } from '../theme/theme.ts';
import type { Keymap } from './keymap.ts';

/** One row of help: keys that belong together, and what they do. */
export interface HelpRow {
  readonly keys: string;
  readonly help: string;
}

/** A sign of the console: how it is drawn, and what it means. */
export interface SignRow {
  readonly sign: (glyphs: HouseView['glyphs']) => string;
  readonly style: StyleName;
  readonly meaning: string;
}

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

/** All signs, in the order of help. */
export const signTable: readonly SignRow[] = [
  { sign: ({ symbols }) => `${symbols.live} live`, style: 'live', meaning: 'heard within twice its cadence' },
  {
    sign: ({ symbols }) => `${symbols.off} waiting`,
    style: 'waiting',
    meaning: 'not heard since the link came; its last value may be old',
  },
  {
    sign: ({ symbols }) => `${symbols.off} retained`,
    style: 'retained',
    meaning: 'the broker had kept this message: nobody knows how old it is',
  },
  { sign: ({ symbols }) => `${symbols.late} late`, style: 'late', meaning: 'one message is missing' },
  { sign: ({ symbols }) => `${symbols.stale} stale`, style: 'stale', meaning: 'two messages or more are missing' },
  {
    sign: ({ symbols }) => `${symbols.offline} offline`,
    style: 'offline',
    meaning: 'its will, its availability topic or the broker said so',
  },
  { sign: ({ symbols }) => `${symbols.warning} above`, style: 'warning', meaning: 'beyond a warning limit' },
  { sign: ({ symbols }) => `${symbols.critical} ABOVE`, style: 'critical', meaning: 'beyond a critical limit' },
  {
    sign: ({ symbols }) => `${symbols.live} on  ${symbols.off} off`,
    style: 'on',
    meaning: 'where a relay stands, heard from a live device',
  },
  {
    sign: () => '? was on',
    style: 'notLive',
    meaning: 'where it stood when it last spoke; nobody knows whether it still does',
  },
  {
    sign: ({ symbols }) => `${symbols.confirmed} 84 ms`,
    style: 'ok',
    meaning: 'confirmed: the broker took the command and the device answered',
  },
  {
    sign: ({ symbols }) => `${symbols.lock} locked`,
    style: 'locked',
    meaning: 'the access control list does not let this user switch it',
  },
  {
    sign: ({ symbols }) => symbols.up + symbols.flat + symbols.down,
    style: 'muted',
    meaning: 'rising, steady, falling over the last minute',
  },
];

/** How the room inside the frame is shared: keys and signs on the left, their meaning, which may take rows, beside. */
export function helpColumns(width: number): { readonly left: number; readonly right: number } {
  const left = width < 60 ? 15 : 17;
  return { left, right: Math.max(1, width - left) };
}

/** How many rows the help screen has on a terminal so wide; a blank one and a heading are between keys and signs. */
export function helpRows(keymap: Keymap, columns: number): number {
  const { right } = helpColumns(roomInFrame(columns, 0).width);
  const texts = [...helpTable(keymap).map(({ help }) => help), ...signTable.map(({ meaning }) => meaning)];
  return texts.reduce((rows, text) => rows + wrapText(text, right).length, 2);
}
