import { describe, expect, it } from 'vitest';
import { probeTerminal, questionsFor } from '../../../src/terminal/identity/probe.ts';
import { NO_REPLIES } from '../../../src/terminal/identity/probe-replies.ts';
import { openTerminalInput } from '../../../src/terminal/input/input.ts';
import type { KeyEvent } from '../../../src/terminal/input/key-event.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { openFakeKeyboard } from '../../helpers/terminal/fake-keyboard.ts';

function openProbe(term = 'xterm') {
  const clock = createFakeClock();
  const keyboard = openFakeKeyboard();
  const keys: KeyEvent[] = [];
  const input = openTerminalInput({ input: keyboard, onKey: key => keys.push(key), clock });
  const sent: string[] = [];
  const replies = probeTerminal({ send: text => sent.push(text), onReply: input.onReply, term, clock });
  const names = () => keys.map(key => (key.type === 'key' && key.name === 'character' ? key.character : key.type));
  return { clock, keyboard, input, sent, replies, names };
}

describe('probing a terminal', () => {
  it('ends on the answer to the last question', async () => {
    const { keyboard, replies, clock } = openProbe();
    keyboard.type('\u001b[>0;136;0c\u001b[7;2R\u001b[?6c');
    expect(await replies).toEqual({
      ...NO_REPLIES,
      primaryAttributes: '6',
      secondaryAttributes: '0;136;0',
      eAcuteWidth: 1,
      isComplete: true,
    });
    expect(clock.pendingTimers()).toBe(0);
  });

  it('knows what a terminal says of itself', async () => {
    const { keyboard, replies } = openProbe();
    keyboard.type('\u001b[>41;390;0c\u001bP>|XTerm(390)\u001b\\\u001b[?2026;2$y\u001b[1;3R\u001b[?64;1;9c');
    expect(await replies).toMatchObject({ version: 'XTerm(390)', hasSynchronizedOutput: true, eAcuteWidth: 2 });
  });

  it('ends at the time limit with what came until then', async () => {
    const { keyboard, clock, replies } = openProbe();
    keyboard.type('\u001b[>0;136;0c');
    clock.advance(150);
    expect(await replies).toEqual({ ...NO_REPLIES, secondaryAttributes: '0;136;0' });
  });

  it('takes no answer for a key, also when it comes late and torn, and loses no key typed meanwhile', async () => {
    const { keyboard, clock, replies, names } = openProbe();
    keyboard.type('q');
    clock.advance(150);
    await replies;
    for (const part of ['\u001b[>0;1', '36;0c\u001b[1;', '2R\u001b[?', '6cm']) keyboard.type(part);
    expect(names()).toEqual(['q', 'm']);
  });

  it('bears with rubbish', async () => {
    const { keyboard, clock, replies } = openProbe();
    keyboard.type('\u001b[999;999R\u001b[?2026;0$y\u001b[?;c\u001bP>|\u001b\\');
    expect(await replies).toMatchObject({ eAcuteWidth: null, hasSynchronizedOutput: false, primaryAttributes: ';' });
    clock.advance(1000);
  });

  it('asks nothing of a terminal that is none', async () => {
    const { sent, replies } = openProbe('dumb');
    expect(await replies).toEqual(NO_REPLIES);
    expect(sent).toEqual([]);
  });

  it('asks old consoles only what they know', () => {
    expect(questionsFor('linux')).toBe('\ré\u001b[6n\r\u001b[K\u001b[c');
    expect(questionsFor('xterm')).toContain('\u001b[?2026$p');
  });

  it('leaves nothing on the screen, and xterm answers it', async () => {
    const emulator = openEmulator(40, 3);
    const { keyboard, sent, replies } = openProbe();
    emulator.onAnswer(text => keyboard.type(text));
    await emulator.write(sent.join(''));
    expect(await replies).toMatchObject({ eAcuteWidth: 1, isComplete: true });
    expect(emulator.text().trim()).toBe('');
  });
});
