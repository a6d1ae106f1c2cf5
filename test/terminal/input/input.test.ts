import { describe, expect, it } from 'vitest';
import { openTerminalInput } from '../../../src/terminal/input/input.ts';
import type { KeyEvent } from '../../../src/terminal/input/key-event.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { openFakeKeyboard } from '../../helpers/terminal/fake-keyboard.ts';

function open() {
  const clock = createFakeClock();
  const keyboard = openFakeKeyboard();
  const keys: KeyEvent[] = [];
  const ends: (Error | undefined)[] = [];
  const input = openTerminalInput({
    input: keyboard,
    onKey: key => keys.push(key),
    onEnd: error => ends.push(error),
    clock,
  });
  const names = () =>
    keys.map(key => (key.type === 'paste' ? `[${key.text}]` : key.name === 'character' ? key.character : key.name));
  return { clock, keyboard, input, keys, names, ends };
}

describe('the terminal input', () => {
  it('reads in raw mode and gives the mode back once', () => {
    const { keyboard, input, clock } = open();
    expect([keyboard.isRaw, keyboard.isPaused]).toEqual([true, false]);
    keyboard.type('\u001b');
    input.close();
    input.close();
    expect([keyboard.isRaw, keyboard.isPaused]).toEqual([false, true]);
    expect(clock.pendingTimers()).toBe(0);
  });

  it('tells Esc after 40 ms, and not when a sequence follows', () => {
    const { keyboard, clock, names } = open();
    keyboard.type('\u001b');
    clock.advance(39);
    expect(names()).toEqual([]);
    clock.advance(1);
    expect(names()).toEqual(['escape']);
    keyboard.type('\u001b');
    clock.advance(20);
    keyboard.type('[A');
    clock.advance(100);
    expect(names()).toEqual(['escape', 'up']);
    expect(clock.pendingTimers()).toBe(0);
  });

  it('takes a burst of text for a paste where the terminal does not mark pastes', () => {
    const { keyboard, names } = open();
    keyboard.type('pump on, then quit\rq');
    expect(names()).toEqual(['[pump on, then quit\nq]']);
  });

  it('knows such a paste too when a key came in the same read', () => {
    const { keyboard, names } = open();
    keyboard.type('pump on, then quit\r\u001b[B');
    expect(names()).toEqual(['[pump on, then quit\n]', 'down']);
  });

  it('takes a key that was held while the line stalled for key presses', () => {
    const { keyboard, names } = open();
    keyboard.type('j'.repeat(40));
    expect(names()).toHaveLength(40);
    keyboard.type('\u001b[B'.repeat(10));
    expect(names()).toHaveLength(50);
  });

  it('gives the mode back while suspended and takes it again', () => {
    const { keyboard, input, names } = open();
    input.suspend();
    expect(keyboard.isRaw).toBe(false);
    keyboard.type('x');
    input.resume();
    expect(keyboard.isRaw).toBe(true);
    keyboard.type('y');
    expect(names()).toEqual(['y']);
  });

  it('forgets what came behind the key that gave it back: it was typed for the shell', () => {
    const keyboard = openFakeKeyboard();
    const keys: KeyEvent[] = [];
    const clock = createFakeClock();
    const input = openTerminalInput({
      input: keyboard,
      clock,
      onKey: key => {
        keys.push(key);
        if (keys.length > 1) return;
        input.suspend();
        input.resume();
      },
    });
    keyboard.type('\u001afg\r\u001b');
    clock.advance(3_000);
    expect(keys).toMatchObject([{ character: 'z', ctrl: true }]);
    keyboard.type('p');
    expect(keys).toMatchObject([{}, { character: 'p', alt: false }]);
  });

  it('takes no Ctrl-Z from a paste without marks, such as the end of a text from DOS', () => {
    const { keyboard, names } = open();
    keyboard.type('pump on, \u001athen quit\r\n\u001a');
    expect(names()).toEqual(['[pump on, then quit\n]']);
  });

  it('says once that the input has ended, and tells no key afterwards', () => {
    const { keyboard, names, ends } = open();
    keyboard.end();
    keyboard.fail(new Error('read EIO'));
    keyboard.type('q');
    expect(ends).toEqual([undefined]);
    expect(names()).toEqual([]);
    expect(keyboard.isRaw).toBe(false);
  });

  it('hands on the error of a terminal that is gone', () => {
    const { keyboard, ends } = open();
    keyboard.fail(new Error('read EIO'));
    expect(ends.map(error => error?.message)).toEqual(['read EIO']);
  });

  it('tells no further key once a key has closed it', () => {
    const keyboard = openFakeKeyboard();
    const keys: KeyEvent[] = [];
    const input = openTerminalInput({
      input: keyboard,
      clock: createFakeClock(),
      onKey: key => {
        keys.push(key);
        input.close();
      },
    });
    keyboard.type('qm');
    expect(keys).toHaveLength(1);
  });
});
