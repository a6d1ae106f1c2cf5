import { describe, expect, it } from 'vitest';
import { openTypeAhead } from '../../src/console/type-ahead.ts';
import type { KeyEvent } from '../../src/terminal/input/key-event.ts';
import { characterKey, controlKey } from '../../src/terminal/input/key-sequences.ts';

const [p, q] = ['p', 'q'].map(letter => characterKey(letter, false)) as [KeyEvent, KeyEvent];
const ctrlZ = controlKey(0x1a, false);

describe('keys that come before anybody listens', () => {
  it('are told when somebody does, in their order, and later ones as they come', () => {
    const keys = openTypeAhead();
    const heard: KeyEvent[] = [];
    keys.take(p);
    keys.take(q);
    const release = keys.subscribe(key => heard.push(key));
    keys.take(p);
    expect(heard).toEqual([p, q, p]);
    release();
    keys.take(q);
    expect(heard).toHaveLength(3);
    keys.subscribe(key => heard.push(key));
    expect(heard).toEqual([p, q, p, q]);
  });

  it('are forgotten behind the one that put the console to sleep', () => {
    const keys = openTypeAhead();
    const heard: KeyEvent[] = [];
    for (const key of [q, ctrlZ, p]) keys.take(key);
    keys.subscribe(key => {
      heard.push(key);
      if (key === ctrlZ) keys.forget();
    });
    expect(heard).toEqual([q, ctrlZ]);
  });
});
