import { describe, expect, it } from 'vitest';
import { type KeyEvent, type NamedKey, NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';
import { createHouseList, type HouseEntry, reduceHouseList } from '../../../src/ui/state/house-list.ts';

const entry = (name: string, isLast = false): HouseEntry => {
  return { name, profile: name, user: 'me', address: 'mqtt://pi:1883', isLast };
};
const three = createHouseList([entry('one'), entry('two', true), entry('three')], null);

const named = (name: NamedKey): KeyEvent => ({ type: 'key', name, ...NO_MODIFIERS });
const typed = (character: string, ctrl = false): KeyEvent => {
  return { type: 'key', name: 'character', character, ...NO_MODIFIERS, ctrl };
};

describe('the keys of the list of houses', () => {
  it('begins on the house of last time', () => {
    expect(three.focus).toBe(1);
    expect(createHouseList([entry('one'), entry('two')], null).focus).toBe(0);
  });

  it.each([
    [named('down'), 2],
    [typed('j'), 2],
    [named('up'), 0],
    [typed('k'), 0],
    [named('home'), 0],
    [named('end'), 2],
    [named('pageDown'), 2],
    [named('pageUp'), 0],
    [named('tab'), 2],
  ])('%j goes to %i and stays within the list', (key, focus) => {
    const { list, command } = reduceHouseList({ ...three, notice: 'old' }, key);
    expect([list.focus, command, list.notice]).toEqual([focus, null, null]);
    const again = reduceHouseList(reduceHouseList(list, key).list, key).list.focus;
    expect([0, 2]).toContain(again);
  });

  it.each([
    [named('enter'), 'open'],
    [typed(' '), 'open'],
    [typed('q'), 'leave'],
    [typed('Q'), 'leave'],
    [named('escape'), 'leave'],
    [typed('c', true), 'leave'],
    [typed('l', true), 'repaint'],
    [typed('z', true), 'suspend'],
  ])('%j asks for %s', (key, command) => {
    expect(reduceHouseList(three, key)).toMatchObject({ command, list: { focus: 1 } });
  });

  it('opens one by its digit, and says where there is none', () => {
    expect(reduceHouseList(three, typed('3'))).toMatchObject({ command: 'open', list: { focus: 2 } });
    expect(reduceHouseList(three, typed('4'))).toMatchObject({
      command: null,
      list: { notice: 'There is no house 4' },
    });
  });

  it('says what to press instead of a key that does nothing, and takes no pasted text', () => {
    expect(reduceHouseList(three, typed('p')).list.notice).toContain('Enter opens');
    expect(reduceHouseList(three, { type: 'paste', text: '3\n' })).toMatchObject({ command: null });
  });

  it('opens nothing where nothing is saved', () => {
    expect(reduceHouseList(createHouseList([], null), named('enter')).command).toBeNull();
  });
});
