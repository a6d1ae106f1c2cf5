import { describe, expect, it } from 'vitest';
import { openTypeAhead, type TypeAhead } from '../../src/console/type-ahead.ts';
import type { KeyEvent } from '../../src/terminal/input/key-event.ts';
import { characterKey, controlKey } from '../../src/terminal/input/key-sequences.ts';

const [p, q] = ['p', 'q'].map(letter => characterKey(letter, false)) as [KeyEvent, KeyEvent];
const ctrlZ = controlKey(0x1a, false);

/** Keys of a loop whose next turn comes when the test says so. */
function open() {
  const turns: (() => void)[] = [];
  const heard: (KeyEvent | string)[] = [];
  const keys: TypeAhead = openTypeAhead(call => turns.push(call));
  const nextTurn = (): void => {
    for (const call of turns.splice(0)) call();
  };
  const listen = () => keys.subscribe({ onKey: key => heard.push(key), onDropped: why => heard.push(why) });
  return { keys, heard, nextTurn, listen };
}

describe('keys that come before anybody listens', () => {
  it('are told when somebody does, in their order, and later ones as they come', () => {
    const { keys, heard, nextTurn, listen } = open();
    keys.take(p);
    keys.take(q);
    nextTurn();
    const release = listen();
    keys.take(p);
    nextTurn();
    expect(heard).toEqual([p, q, p]);
    release();
    keys.take(q);
    nextTurn();
    expect(heard).toHaveLength(3);
    listen();
    expect(heard).toEqual([p, q, p, q]);
  });

  it('are forgotten behind the one that put the console to sleep', () => {
    const { keys, heard } = open();
    for (const key of [q, ctrlZ, p]) keys.take(key);
    const onKey = (key: KeyEvent): void => {
      heard.push(key);
      if (key === ctrlZ) keys.forget();
    };
    keys.subscribe({ onKey, onDropped: why => heard.push(why) });
    expect(heard).toEqual([q, ctrlZ]);
  });
});

describe('keys that were typed while the program stood still', () => {
  const DROPPED = expect.stringMatching(/^A key was not obeyed: .* stood still\. Press it again$/);

  it('are dropped with a word, those too that the terminal gives only now', () => {
    const { keys, heard, nextTurn, listen } = open();
    listen();
    keys.take(p);
    keys.dropTyped();
    nextTurn();
    expect(heard).toEqual([DROPPED]);
    keys.take(p);
    nextTurn();
    expect(heard).toEqual([DROPPED, DROPPED]);
    keys.take(q);
    nextTurn();
    expect(heard).toEqual([DROPPED, DROPPED, q]);
  });

  it('are dropped where no signal tells of the stop: the clocks are looked at before a key is told', () => {
    const { keys, heard, nextTurn, listen } = open();
    listen();
    keys.setLook(keys.dropTyped);
    keys.take(p);
    nextTurn();
    expect(heard).toEqual([DROPPED]);
  });

  it('are told of as soon as somebody listens', () => {
    const { keys, heard, listen } = open();
    keys.take(p);
    keys.dropTyped();
    listen();
    expect(heard).toEqual([DROPPED]);
  });

  it('nothing is said where nothing was typed', () => {
    const { keys, heard, nextTurn, listen } = open();
    listen();
    keys.dropTyped();
    for (let turn = 0; turn < 2; turn++) nextTurn();
    keys.take(p);
    nextTurn();
    expect(heard).toEqual([p]);
  });
});
