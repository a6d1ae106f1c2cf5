import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { createInkTable } from '../../../src/ui/hosts/ink.tsx';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { itemsOf } from '../../../src/ui/layout/items.ts';
import { picture } from '../../../src/ui/picture/picture.ts';
import { type AppState, createAppState, type Page } from '../../../src/ui/state/app-state.ts';
import type { Lines, Size } from '../../../src/ui/text/house-view.ts';
import { themeNames, themeOf } from '../../../src/ui/theme/themes.ts';

/** The sizes of the matrix. */
export const SIZES: readonly Size[] = [
  { columns: 40, rows: 15 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

const themes = themeNames.map(name => themeOf(name).theme);
const MOST_PARTS = 30;

const places = (count: number): readonly number[] => Array.from({ length: Math.min(count, 8) }, (_, place) => place);

/** The pages of a console on a house: each screen, with each thing on it chosen; of help, which all states have alike, one. */
export function pagesOf(home: HomeState): readonly Page[] {
  const { ids } = itemsOf(home.house);
  const detail = (focus: number, window: number): Page => ({ screen: 'detail', focus, id: ids[focus] ?? '', window });
  const { journal } = home;
  return [
    ...places(ids.length).flatMap((focus): Page[] => [
      { screen: 'overview', focus },
      detail(focus, 0),
      detail(focus, 3),
    ]),
    ...places(home.clients.ids.length).map((focus): Page => ({ screen: 'clients', focus })),
    ...places(Math.max(1, home.denials.length)).map((focus): Page => ({ screen: 'denials', focus })),
    ...places(12).map((focus): Page => ({ screen: 'users', focus, access: focus % 2 === 0 ? 'read' : 'write' })),
    ...places(Math.max(1, journal.length)).map(
      (focus): Page => ({ screen: 'log', focus, anchor: journal[journal.length - 1 - focus]?.id ?? null }),
    ),
    ...themes.map((_, focus): Page => ({ screen: 'themes', focus, before: 'dark' })),
    { screen: 'help', focus: 0 },
  ];
}

/** Help, scrolled to each of its rows and beyond. */
export const helpPages: readonly Page[] = Array.from({ length: 200 }, (_, focus) => ({ screen: 'help', focus }));

/** The console with a page on top. */
export function appAt(page: Page): AppState {
  return { ...createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' }), stack: [page] };
}

const drawTable = createInkTable();

/** All rows of a screen. */
export function screenOf(home: HomeState, app: AppState, size: Size): Lines {
  const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
  return picture({ view, app, keymap: createKeymap(home.house), themes, size }, drawTable);
}

/** The rows of a screen as text. */
export const textsOf = (lines: Lines): readonly string[] => lines.map(line => line.map(part => part.text).join(''));

/** All that Enter leads to on a page, one part after the other. */
export function partsAt(home: HomeState, page: Page, size: Size): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const turned = page.screen === 'overview' || part === 0 ? page : ({ ...page, part } as Page);
    const rows = textsOf(screenOf(home, appAt(turned), size));
    parts.push(rows);
    if (!rows.some(row => /more rows?: Enter/.test(row))) return parts;
  }
  throw new Error(`page ${JSON.stringify(page)} has no end`);
}

/**
 * What was read on the parts of a page, without blanks, frames and hints: what was wrapped is one again. The rows above
 * and below that stand on each part come last, so that nothing is between a text and its end on the next part.
 */
export function readOn(parts: readonly (readonly string[])[]): string {
  const [first = [], ...others] = parts;
  const isFixed = (at: number): boolean => others.length > 0 && others.every(rows => rows[at] === first[at]);
  const places = [...first.keys()];
  const top = places.find(at => !isFixed(at)) ?? 0;
  const bottom = places.findLast(at => !isFixed(at)) ?? first.length - 1;
  return [...parts.flatMap(rows => rows.slice(top, bottom + 1)), ...first.slice(0, top), ...first.slice(bottom + 1)]
    .filter(row => !/: Enter *│?$/.test(row))
    .map(row => row.replace(/^│|│$/g, ''))
    .join('')
    .replace(/\s/g, '');
}
