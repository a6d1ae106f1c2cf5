import { describe, expect, it } from 'vitest';
import { checkHouse } from '../../../src/core/house/check.ts';
import { freeKey } from '../../../src/core/house/free-name.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';
import type { KeyPlace } from '../../../src/ui/keys/binding.ts';
import { helpTable } from '../../../src/ui/keys/help-table.ts';
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
  'alarms',
  'visitors',
  'dialog',
];

describe('the key table', () => {
  it('gives each key one meaning in each place', () => {
    for (const place of PLACES) {
      const keys = keymap.bindings.filter(binding => binding.places.includes(place)).flatMap(binding => binding.keys);
      expect(new Set(keys).size, place).toBe(keys.length);
    }
  });

  it('says of the topics in a replay that it has no link to hear them by, and offers them nowhere', () => {
    const replay = createKeymap(createHouse(article()), { isReplay: true });
    const topics = replay.bindings.filter(({ intent }) => intent.type === 'go' && intent.screen === 'explorer');
    expect(topics.map(({ keys, label, help }) => [keys, label, help])).toEqual([
      [['e', 'E'], null, 'Topics: in a replay there is no link to hear them by'],
    ]);
    expect(replay.bindings.filter(({ intent }) => intent.type === 'explore')).toEqual([]);
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

  it('has no key that gives way to one which a switch is given by itself', () => {
    const own = keymap.bindings.filter(({ givesWay }) => givesWay === true).flatMap(({ keys }) => keys);
    const letters = own.filter(key => /^[a-z0-9]$/.test(key));
    expect(letters).toContain('e');
    for (const key of letters) expect(freeKey(key, new Set()), key).not.toBe(key);
  });

  it('does what it does with Caps Lock too', () => {
    expect(intentOf(keymap, 'overview', 'P')).toEqual({ type: 'toggle', switchId: 'pump' });
    expect(intentOf(keymap, 'overview', 'Q')).toEqual({ type: 'leave' });
  });

  it('leads to alarms and visitors from each screen, with Caps Lock too, but not where the letter is that of a topic', () => {
    const alarms = { type: 'go', screen: 'alarms' };
    for (const place of PLACES.filter(one => one !== 'dialog' && one !== 'explorer')) {
      expect(intentOf(keymap, place, 'a'), place).toEqual(alarms);
      expect(intentOf(keymap, place, 'v'), place).toEqual({ type: 'go', screen: 'visitors' });
      expect(intentOf(keymap, place, 'V'), place).toEqual({ type: 'go', screen: 'visitors' });
      if (place !== 'alarms') expect(intentOf(keymap, place, 'A'), place).toEqual(alarms);
    }
    expect(intentOf(keymap, 'explorer', 'a')).toEqual({ type: 'explore', ask: 'extent' });
    expect(intentOf(keymap, 'explorer', 'v')).toEqual({ type: 'explore', ask: 'show' });
  });

  it('tells a capital letter among the alarms from a small one', () => {
    expect(intentOf(keymap, 'alarms', 'A')).toEqual({ type: 'screen', ask: 'acknowledge' });
    expect(intentOf(keymap, 'alarms', 'S')).toEqual({ type: 'screen', ask: 'shelve' });
    expect(intentOf(keymap, 'alarms', 's')).toMatchObject({ type: 'nothing' });
  });

  it('leaves the letters of alarms and visitors to switches that have them, on the screens where these are', () => {
    const config = article();
    const { pump, burner, fan } = config.switches;
    if (pump === undefined || burner === undefined || fan === undefined) throw new Error('the preset changed');
    const switches = { pump: { ...pump, key: 'a' }, burner: { ...burner, key: 'v' }, fan: { ...fan, key: 's' } };
    const own = createKeymap(createHouse({ ...config, switches }));
    expect(own.issues).toEqual([]);
    expect(intentOf(own, 'overview', 'a')).toEqual({ type: 'toggle', switchId: 'pump' });
    expect(intentOf(own, 'detail', 'v')).toEqual({ type: 'toggle', switchId: 'burner' });
    expect(intentOf(own, 'overview', 'A')).toEqual({ type: 'go', screen: 'alarms' });
    expect(intentOf(own, 'overview', 'V')).toEqual({ type: 'go', screen: 'visitors' });
    expect(intentOf(own, 'alarms', 'A')).toEqual({ type: 'screen', ask: 'acknowledge' });
    expect(intentOf(own, 'alarms', 'S')).toEqual({ type: 'screen', ask: 'shelve' });
    expect(intentOf(own, 'alarms', 's')).toMatchObject({ type: 'nothing' });
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
