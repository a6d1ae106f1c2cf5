import { describe, expect, it } from 'vitest';
import { checkHouse } from '../../../src/core/house/check.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';
import { helpTable } from '../../../src/ui/keys/help-table.ts';
import type { KeyPlace } from '../../../src/ui/keys/key-bindings.ts';
import { createKeymap, intentOf, nameOfKey } from '../../../src/ui/keys/keymap.ts';
import { article } from '../../helpers/ui/home.ts';

const keymap = createKeymap(createHouse(article()));
const PLACES: readonly KeyPlace[] = [
  'overview',
  'detail',
  'clients',
  'denials',
  'users',
  'log',
  'help',
  'themes',
  'explorer',
  'dialog',
];

describe('the key table', () => {
  it('gives each key one meaning in each place', () => {
    for (const place of PLACES) {
      const keys = keymap.bindings.filter(binding => binding.places.includes(place)).flatMap(binding => binding.keys);
      expect(new Set(keys).size, place).toBe(keys.length);
    }
  });

  it('switches with the keys of the house file, where the effect can be seen', () => {
    expect(intentOf(keymap, 'overview', 'p')).toEqual({ type: 'toggle', switchId: 'pump' });
    expect(intentOf(keymap, 'detail', 'b')).toEqual({ type: 'toggle', switchId: 'burner' });
    expect(intentOf(keymap, 'log', 'p')).toMatchObject({ type: 'nothing', why: expect.stringContaining('overview') });
    expect(keymap.issues).toEqual([]);
  });

  it('takes no key for a switch that the console needs, and says what to do', () => {
    const config = article();
    const { pump, burner } = config.switches;
    if (pump === undefined || burner === undefined) throw new Error('the preset changed');
    const clashing = createKeymap(
      createHouse({
        ...config,
        switches: { pump: { ...pump, key: 'q' }, burner: { ...burner, key: 'x' }, fan: { ...burner, key: 'x' } },
      }),
    );
    expect([...clashing.switchKeys]).toEqual([['burner', 'x']]);
    expect(clashing.issues.map(issue => issue.message)).toEqual([
      'the key q of Pump is taken by "Leave hometui; the house goes on"',
      'the key x of Burner is taken by "Burner"',
    ]);
    expect(intentOf(clashing, 'overview', 'q')).toEqual({ type: 'leave' });
    for (const { cure } of clashing.issues) expect(cure).toContain('Space');
  });

  it('reserves the characters that a house file may not give to a switch', () => {
    const withKey = (key: string): HouseConfig => {
      const config = article();
      const { fan } = config.switches;
      if (fan === undefined) throw new Error('the preset changed');
      const panels = [{ label: 'Cellar', items: ['fan'] }];
      return { ...config, panels, derived: {}, clients: {}, switches: { fan: { ...fan, key } } };
    };
    for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789') {
      const config = withKey(key);
      const isRefused = checkHouse(config, () => ({ file: 'house', line: 1, column: 1 })).length > 0;
      expect(isRefused, key).toBe(createKeymap(createHouse(config)).issues.length > 0);
    }
  });

  it('does what it does with Caps Lock too', () => {
    expect(intentOf(keymap, 'overview', 'P')).toEqual({ type: 'toggle', switchId: 'pump' });
    expect(intentOf(keymap, 'overview', 'Q')).toEqual({ type: 'leave' });
  });

  it('has a key for another house only where there is one', () => {
    const several = createKeymap(createHouse(article()), { hasHouses: true });
    expect(intentOf(several, 'overview', 'P')).toEqual({ type: 'change-house' });
    expect(intentOf(several, 'overview', 'p')).toEqual({ type: 'toggle', switchId: 'pump' });
    expect(helpTable(several).some(({ keys }) => keys === 'P')).toBe(true);
    expect(helpTable(keymap).some(({ keys }) => keys === 'P')).toBe(false);
  });

  it('says why a key does nothing', () => {
    for (const place of PLACES) {
      for (const key of ['w', 'f7', 'ctrl+x', 'é', '^']) {
        const intent = intentOf(keymap, place, key);
        expect(intent.type).toBe('nothing');
        if (intent.type === 'nothing') expect(intent.why.length).toBeGreaterThan(10);
      }
    }
    expect(intentOf(keymap, 'dialog', 'p')).toMatchObject({ why: expect.stringContaining('Answer first') });
  });

  it('names keys as a person reads them', () => {
    expect(nameOfKey({ type: 'key', name: 'character', character: 'c', ...NO_MODIFIERS, ctrl: true })).toBe('ctrl+c');
    expect(nameOfKey({ type: 'key', name: 'tab', ...NO_MODIFIERS, shift: true })).toBe('shift+tab');
    expect(nameOfKey({ type: 'key', name: 'pageDown', ...NO_MODIFIERS })).toBe('pageDown');
  });

  it('fills the help, each meaning once', () => {
    const rows = helpTable(keymap);
    expect(new Set(rows.map(row => row.help)).size).toBe(rows.length);
    expect(rows.map(row => row.keys).join(' ')).toContain('PgDn');
  });
});
