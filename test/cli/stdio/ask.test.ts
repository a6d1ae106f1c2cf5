import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { SignalName, World } from '../../../src/app/world.ts';
import { ask, askYes, canAsk } from '../../../src/cli/stdio/ask.ts';
import { openFakeKeyboard } from '../../helpers/terminal/fake-keyboard.ts';

function openWorld() {
  const keyboard = openFakeKeyboard();
  const stderr = new PassThrough();
  const listening = new Set<SignalName>();
  const parts: Partial<World> = {
    stdin: keyboard as unknown as World['stdin'],
    stderr: stderr as unknown as World['stderr'],
    onSignal: name => {
      listening.add(name);
      return () => listening.delete(name);
    },
  };
  return { world: parts as World, keyboard, listening, said: () => String(stderr.read() ?? '') };
}

describe('ask', () => {
  it('takes an answer in pieces, a character cut in two by the line among them', async () => {
    const { world, keyboard, said } = openWorld();
    const answer = ask(world, 'Password? ', true);
    const bytes = Buffer.from('grün\r');
    for (const byte of bytes) keyboard.type(Buffer.from([byte]));
    expect(await answer).toBe('grün');
    expect(said()).toBe('Password? \n');
  });

  it('shows what is no secret, and lets it be mended', async () => {
    const { world, keyboard, said } = openWorld();
    const answer = ask(world, 'On? ', false);
    keyboard.type('nö');
    keyboard.type('\u007f\u007fy\u001b[A\r');
    expect(await answer).toBe('y');
    expect(said()).toBe('On? nö\b \b\b \by\n');
  });

  it.each([
    ['Ctrl-C', (keyboard: ReturnType<typeof openFakeKeyboard>) => keyboard.type('abc\u0003')],
    ['Ctrl-D', (keyboard: ReturnType<typeof openFakeKeyboard>) => keyboard.type('\u0004')],
    ['its end', (keyboard: ReturnType<typeof openFakeKeyboard>) => keyboard.end()],
    ['an error', (keyboard: ReturnType<typeof openFakeKeyboard>) => keyboard.fail(new Error('EIO'))],
  ])('is broken off by %s, and leaves the terminal as it was', async (_, breakOff) => {
    const { world, keyboard, listening } = openWorld();
    const answer = ask(world, 'Password? ', true);
    expect([keyboard.isRaw, keyboard.isPaused, listening.size]).toEqual([true, false, 4]);
    breakOff(keyboard);
    expect(await answer).toBeNull();
    expect([keyboard.isRaw, keyboard.isPaused, listening.size]).toEqual([false, true, 0]);
  });

  it('needs a terminal to read from and one to write to', () => {
    const { world } = openWorld();
    expect(canAsk(world)).toBe(false);
  });
});

describe('askYes', () => {
  it.each([
    ['y\r', true, true],
    [' YES \r', true, true],
    ['yep\r', false, false],
    ['n\r', false, false],
    ['\r', false, true],
    [' \r', false, true],
    ['\u0003', null, null],
  ])('%j is %s, and %s where yes is what Return means', async (typed, plain, otherwise) => {
    for (const [isYes, expected] of [
      [false, plain],
      [true, otherwise],
    ] as const) {
      const { world, keyboard, said } = openWorld();
      const answer = askYes(world, 'On?', isYes);
      keyboard.type(typed);
      expect(await answer).toBe(expected);
      expect(said()).toContain(isYes ? 'On? [Y/n] ' : 'On? [y/N] ');
    }
  });
});
