import { describe, expect, it } from 'vitest';
import { knownUsers, topicsOfHouse } from '../../../src/core/home/access/users.ts';
import { freshnessOfClient } from '../../../src/core/home/select.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { textWidth } from '../../../src/core/text-width.ts';
import { helpTable, signTable } from '../../../src/ui/keys/help-table.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { itemsOf } from '../../../src/ui/layout/items.ts';
import type { Page } from '../../../src/ui/state/app-state.ts';
import { calmAge } from '../../../src/ui/text/age-text.ts';
import type { Size } from '../../../src/ui/text/house-view.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { appAt, helpPages, pagesOf, partsAt, readOn, SIZES, screenOf, textsOf } from '../../helpers/ui/pages.ts';
import { stories } from '../../helpers/ui/stories.ts';

const homes = Object.entries(stories).map(([name, make]) => [name, make()] as const);
/** The first state of each house: its help does not change with what happens. */
const houses = [...new Map([...homes].reverse().map(entry => [JSON.stringify(entry[1].house.config), entry])).values()];
const squash = (text: string): string => text.replace(/\s/g, '');
const ascii = createPainter(themeOf('no-color').theme, false);

/** Every name of a house: what may be cut in a row, because its detail or the facts of its client have it whole. */
function namesOf({ house, session }: HomeState): readonly string[] {
  const items = [...house.sensors.values(), ...house.derived.values(), ...house.switches.values()];
  const clients = [...house.clients].map(([id, { label }]) => label ?? id);
  return [
    ...items.map(item => item.label),
    ...clients,
    ...house.config.panels.map(panel => panel.label),
    session.user ?? '',
    ...[...house.clients.values()].map(client => client.user ?? ''),
  ];
}

/** What the model of the house cuts itself: a payload, and a topic in a sentence; both stand whole in the detail. */
const CUT_BEFORE = /retained "|mosquitto_pub -r -n -t '|" on home/;

/** Rows with something cut that is not listed above as having its whole text elsewhere. */
function wronglyCut(home: HomeState, rows: readonly string[]): readonly string[] {
  const names = namesOf(home);
  const isName = (text: string): boolean =>
    names.some(name => [...name].some((_, at) => at >= 2 && text.endsWith(name.slice(0, at))));
  const whole = rows.join(' ').replace(/[│\s]+/g, ' ');
  return rows.filter(row => {
    const pieces = row.split('…').slice(0, -1);
    return !pieces.every(text => isName(text) || (CUT_BEFORE.test(whole) && /please,?$|th$/.test(text)));
  });
}

/** The rows of a screen, on which everything is in its place. */
function drawn(home: HomeState, page: Page, size: Size): readonly string[] {
  const lines = screenOf(home, appAt(page), size);
  const rows = textsOf(lines);
  const where = `${JSON.stringify(page)}\n${rows.join('\n')}`;
  expect(lines.length, where).toBe(size.rows);
  for (const line of lines) expect(lineWidth(line), where).toBe(size.columns);
  expect(wronglyCut(home, rows), where).toEqual([]);
  for (const line of lines) expect(ascii.paint(line).replace(/\u001b\[[\d;]*m/g, ''), where).toMatch(/^[ -~]*$/);
  return rows;
}

describe.each(homes)('%s', (_name, home) => {
  it.each(SIZES)('has no line over $columns columns, none too many, and no word cut', size => {
    for (const page of pagesOf(home)) drawn(home, page, size);
  });

  it.each(SIZES)('can be read whole at $columns columns', size => {
    expect(unreadDenials(home, size)).toEqual([]);
    expect(unreadEvents(home, size)).toEqual([]);
    expect(unreadClients(home, size)).toEqual([]);
    expect(unreadUsers(home, size)).toEqual([]);
    expect(unreadItems(home, size)).toEqual([]);
  });
});

describe('any terminal', () => {
  it.each([
    [30, 8],
    [45, 12],
    [59, 19],
    [60, 20],
    [200, 60],
  ])('of %i columns and %i rows is filled to its edges and never over them', { timeout: 30_000 }, (columns, rows) => {
    for (const [name, home] of homes) {
      for (const page of pagesOf(home)) {
        for (const part of partsAt(home, page, { columns, rows })) {
          const where = `${name} ${JSON.stringify(page)}\n${part.join('\n')}`;
          expect(part.length, where).toBe(rows);
          for (const row of part) expect(textWidth(row), where).toBe(columns);
        }
      }
    }
  });
});

/** Of these texts the ones that are not on the page, in any of its parts. */
function unread(home: HomeState, page: Page, size: Size, texts: readonly string[]): readonly string[] {
  const read = readOn(partsAt(home, page, size));
  return texts.filter(text => !read.includes(squash(text)));
}

function unreadDenials(home: HomeState, size: Size): readonly string[] {
  return home.denials.flatMap((denial, focus) =>
    unread(home, { screen: 'denials', focus }, size, [denial.detail, denial.remedy, denial.client ?? '']),
  );
}

/** Below the list of users the chosen one, and the chosen topic with its rights, stand whole. */
function unreadUsers(home: HomeState, size: Size): readonly string[] {
  const topics = topicsOfHouse(home.house);
  return knownUsers(home)
    .slice(0, 3)
    .flatMap((user, place) => {
      const first = place * (1 + topics.length);
      const page = (focus: number): Page => ({ screen: 'users', focus, access: 'write' });
      const [topic] = topics;
      return [
        ...unread(home, page(first), size, [user ?? '']),
        ...(topic === undefined ? [] : unread(home, page(first + 1), size, [topic.topic, topic.label])),
      ];
    });
}

function unreadEvents(home: HomeState, size: Size): readonly string[] {
  const { journal } = home;
  return journal.flatMap((entry, place) =>
    unread(home, { screen: 'log', focus: journal.length - 1 - place, anchor: entry.id }, size, [entry.text]),
  );
}

function unreadClients(home: HomeState, size: Size): readonly string[] {
  return home.clients.ids.flatMap((id, focus) => {
    const { label, user, publishes, availability } = home.house.clients.get(id) ?? { publishes: [] };
    const { reason } = freshnessOfClient(home, id, calmAge);
    const serves = publishes.map(item => namesById(home).get(item) ?? item).join(', ');
    return unread(home, { screen: 'clients', focus }, size, [
      label ?? id,
      user ?? '',
      reason ?? '',
      serves,
      availability?.topic ?? '',
    ]);
  });
}

function unreadItems(home: HomeState, size: Size): readonly string[] {
  const { sensors, switches } = home.house;
  return itemsOf(home.house).ids.flatMap((id, focus) => {
    const [sensor, toggle] = [sensors.get(id), switches.get(id)];
    const limits = [sensor?.warning, sensor?.critical].flatMap(limit => [limit?.low, limit?.high]);
    return unread(home, { screen: 'detail', focus, id, window: 0 }, size, [
      namesById(home).get(id) ?? id,
      sensor?.topic ?? '',
      sensor?.path ?? '',
      ...limits.flatMap(limit => (limit === undefined ? [] : [String(limit)])),
      toggle?.kind === 'switch' ? `${toggle.command}, "${toggle.on}" and "${toggle.off}"` : '',
      toggle?.feedback ?? '',
    ]);
  });
}

function namesById({ house }: HomeState): ReadonlyMap<string, string> {
  const items = [...house.sensors, ...house.derived, ...house.switches];
  return new Map(items.map(([id, { label }]) => [id, label]));
}

describe.each(houses)('help of %s', (_name, home) => {
  it.each(SIZES)('can be scrolled through whole at $columns columns', size => {
    const rows = new Set(helpPages.flatMap(page => drawn(home, page, size)));
    const read = readOn([[...rows]]);
    const words = [...helpTable(createKeymap(home.house)).map(row => row.help), ...signTable.map(row => row.meaning)];
    for (const word of words.flatMap(text => text.split(' '))) expect(read).toContain(squash(word));
  });
});
