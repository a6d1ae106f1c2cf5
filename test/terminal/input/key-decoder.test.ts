import { describe, expect, it } from 'vitest';
import type { TerminalReply } from '../../../src/terminal/identity/probe-replies.ts';
import { createKeyDecoder, type KeyDecoder } from '../../../src/terminal/input/key-decoder.ts';
import type { InputEvent } from '../../../src/terminal/input/key-event.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

/** A key as short text: `ctrl+alt+shift+name`, a character in quotes, a paste in brackets. */
function describeEvent(event: InputEvent): string {
  if (event.type === 'paste') return `[${event.text}]`;
  if (event.type === 'mouse') return `${event.action} ${event.column},${event.row}`;
  const name = event.name === 'character' ? `'${event.character}'` : event.name;
  return `${event.ctrl ? 'ctrl+' : ''}${event.alt ? 'alt+' : ''}${event.shift ? 'shift+' : ''}${name}`;
}

function decode(text: string, decoder: KeyDecoder = createKeyDecoder()): string {
  return decoder.push(bytes(text), 0).map(describeEvent).join(' ');
}

/** Sequences by the setting of PuTTY that sends them (its manual, 4.4), and by other terminals. */
const SEQUENCES: Readonly<Record<string, readonly (readonly [sequence: string, event: string])[]>> = {
  'plain keys': [
    ['q', "'q'"],
    ['Q', "'Q'"],
    [' ', "' '"],
    ['é', "'é'"],
    ['漢', "'漢'"],
    ['😀', "'😀'"],
    ['\r', 'enter'],
    ['\n', 'enter'],
    ['\t', 'tab'],
    ['\u007f', 'backspace'],
    ['\b', 'backspace'],
    ['\u0003', "ctrl+'c'"],
    ['\u000c', "ctrl+'l'"],
    ['\u0000', "ctrl+' '"],
    ['\u001c', "ctrl+'\\'"],
    ['\u001f', "ctrl+'_'"],
  ],
  'cursor keys': [
    ['\u001b[A', 'up'],
    ['\u001b[B', 'down'],
    ['\u001b[C', 'right'],
    ['\u001b[D', 'left'],
    ['\u001bOA', 'up'],
    ['\u001bOD', 'left'],
    ['\u001b\u001b[A', 'alt+up'],
    ['\u001b\u001bOB', 'alt+down'],
    ['\u001b[1;5A', 'ctrl+up'],
    ['\u001b[1;2C', 'shift+right'],
    ['\u001b[1;3D', 'alt+left'],
    ['\u001b[1;8B', 'ctrl+alt+shift+down'],
    ['\u001b[a', 'shift+up'],
    ['\u001bOd', 'ctrl+left'],
  ],
  'the editing keys': [
    ['\u001b[1~', 'home'],
    ['\u001b[4~', 'end'],
    ['\u001b[H', 'home'],
    ['\u001b[F', 'end'],
    ['\u001bOH', 'home'],
    ['\u001bOF', 'end'],
    ['\u001b[7~', 'home'],
    ['\u001b[8~', 'end'],
    ['\u001b[2~', 'insert'],
    ['\u001b[3~', 'delete'],
    ['\u001b[5~', 'pageUp'],
    ['\u001b[6~', 'pageDown'],
    ['\u001b[5;5~', 'ctrl+pageUp'],
    ['\u001b[Z', 'shift+tab'],
    ['\u001b[3$', 'shift+delete'],
    ['\u001b[6^', 'ctrl+pageDown'],
  ],
  'function keys as ESC[n~': [
    ['\u001b[11~', 'f1'],
    ['\u001b[12~', 'f2'],
    ['\u001b[13~', 'f3'],
    ['\u001b[14~', 'f4'],
    ['\u001b[15~', 'f5'],
    ['\u001b[17~', 'f6'],
    ['\u001b[18~', 'f7'],
    ['\u001b[19~', 'f8'],
    ['\u001b[20~', 'f9'],
    ['\u001b[21~', 'f10'],
    ['\u001b[23~', 'f11'],
    ['\u001b[24~', 'f12'],
    ['\u001b[25~', 'shift+f3'],
    ['\u001b[28~', 'shift+f5'],
    ['\u001b[34~', 'shift+f10'],
    ['\u001b[25;5~', 'ctrl+shift+f3'],
    ['\u001b\u001b[11~', 'alt+f1'],
  ],
  'function keys of the Linux setting': [
    ['\u001b[[A', 'f1'],
    ['\u001b[[B', 'f2'],
    ['\u001b[[C', 'f3'],
    ['\u001b[[D', 'f4'],
    ['\u001b[[E', 'f5'],
  ],
  'function keys of the Xterm R6, VT400 and VT100+ settings': [
    ['\u001bOP', 'f1'],
    ['\u001bOQ', 'f2'],
    ['\u001bOR', 'f3'],
    ['\u001bOS', 'f4'],
    ['\u001bOT', 'f5'],
    ['\u001bOX', 'f9'],
    ['\u001bOZ', 'f11'],
    ['\u001bO[', 'f12'],
    ['\u001b[1;2P', 'shift+f1'],
    ['\u001bO5Q', 'ctrl+f2'],
  ],
  'the keypad in application mode': [
    ['\u001bOu', "'5'"],
    ['\u001bOp', "'0'"],
    ['\u001bOy', "'9'"],
    ['\u001bOk', "'+'"],
    ['\u001bOM', 'enter'],
  ],
  'Alt with a key': [
    ['\u001bx', "alt+'x'"],
    ['\u001bé', "alt+'é'"],
    ['\u001b\r', 'alt+enter'],
    ['\u001b\u007f', 'alt+backspace'],
    ['\u001b\u0001', "ctrl+alt+'a'"],
    ['\u001b\u001bx', "escape alt+'x'"],
  ],
  pastes: [
    ['\u001b[200~pump on\r\nq\u001b[201~', '[pump on\nq]'],
    ['\u001b[200~a\u001b[31mb\u0003\u001b[201~c', "[a[31mb] 'c'"],
    ['\u001b[200~\u001b[201~', '[]'],
    ['\u001b[200~\u001b[20\u001b[201~', '[[20]'],
    ['\u001b[200~pä\u001b\u001b[201~', '[pä]'],
  ],
  'what is no key': [
    ['\u001b[<0;23;12M', ''],
    ['\u001b[<0;23;12m', ''],
    ['\u001b[M !!', ''],
    ['\u001b[M !!q', "'q'"],
    ['\u001b[32;40;12M', ''],
    ['\u001b[I', ''],
    ['\u001b[O', ''],
    ['\u001b[?6c', ''],
    ['\u001b[>0;136;0c', ''],
    ['\u001b[12;40R', ''],
    ['\u001b[1;2R', ''],
    ['\u001b[?2026;2$y', ''],
    ['\u001b[8;24;80t', ''],
    ['\u001bP>|XTerm(390)\u001b\\', ''],
    ['\u001b]11;rgb:0000/0000/0000\u0007', ''],
    ['\u001b]11;rgb:0000/0000/0000\u001b\\q', "'q'"],
    ['\u001b_Gi=1;OK\u001b\\', ''],
    ['\u001b[97;5u', ''],
    ['\u001b[27;5;13~', ''],
    ['\u001b[99~', ''],
    ['\u001b[201~', ''],
    ['\u001b[1;1;1A', ''],
    ['\u001bOz', ''],
    ['\u001b[[Z', ''],
    [`\u001b[${'1'.repeat(500)}M`, ''],
  ],
  'what is broken': [
    ['\u001b[1\u0003', "ctrl+'c'"],
    ['\u001b[1\u001b[A', 'up'],
    ['\u001b]0;title\u0003', "ctrl+'c'"],
    ['\u001b]0;title\u001b[B', 'down'],
  ],
};

describe('the key decoder', () => {
  for (const [group, sequences] of Object.entries(SEQUENCES)) {
    it.each(sequences)(`knows ${group}: %j`, (sequence, expected) => {
      expect(decode(sequence)).toBe(expected);
      // Nothing of it is left over to spoil the next key.
      expect(decode(`${sequence}j`)).toBe(`${expected} 'j'`.trim());
    });
  }

  const PUTTY_ONLY: readonly (readonly [string, string])[] = [
    ['\u001bOA', 'ctrl+up'],
    ['\u001bOw', 'end'],
    ['\u001b[N', 'f2'],
    ['\u001b[X', 'f12'],
    ['\u001b[I', 'pageUp'],
    ['\u001b[G', 'pageDown'],
    ['\u001b[L', 'insert'],
    ['\u001b[1;5A', 'ctrl+up'],
    ['\u001b[24;80R', ''],
  ];
  it.each(PUTTY_ONLY)('reads %j as PuTTY means it', (sequence, expected) => {
    expect(decode(sequence, createKeyDecoder({ isPutty: true }))).toBe(expected);
  });

  it('tells F1 of the SCO setting from a mouse report by what follows', () => {
    const decoder = createKeyDecoder({ isPutty: true, escapeWaitMs: 40 });
    expect(decoder.push(bytes('\u001b[M'), 0)).toEqual([]);
    expect(decoder.flush(40).map(describeEvent)).toEqual(['f1']);
    expect(decode('\u001b[M abq', decoder)).toBe("'q'");
  });

  describe.each([
    ['a terminal', false],
    ['PuTTY', true],
  ])('takes no byte of a mouse report for a key, in %s,', (_, isPutty) => {
    // The right button's press at column 95 and row 80: DEL and "p".
    const report = bytes('\u001b[M"\u007fp');
    const cuts = [1, 2, 3, 4, 5];
    it.each(cuts)('that comes in pieces, the second from byte %i on', cut => {
      const decoder = createKeyDecoder({ isPutty });
      // Before the M it may be any sequence, which is waited for 2 s; and PuTTY's F1 may be followed by keys.
      const pauseMs = cut < 3 || (isPutty && cut === 3) ? 1_000 : 60_000;
      // ESC alone is the key, and what comes with it later is what was typed.
      const isEsc = cut === 1;
      const told = decoder.push(report.subarray(0, cut), 0);
      for (let due = decoder.deadlineAt; due !== null && due < pauseMs; due = decoder.deadlineAt) {
        told.push(...decoder.flush(due));
      }
      told.push(...decoder.push(report.subarray(cut), isEsc ? 900 : pauseMs));
      expect(told.map(describeEvent)).toEqual(isEsc ? ['escape'] : isPutty && cut === 3 ? ['f1'] : []);
      expect(decode('q', decoder)).toBe("'q'");
    });
  });

  it('takes keys again after F1 of the SCO setting', () => {
    const decoder = createKeyDecoder({ isPutty: true });
    decoder.push(bytes('\u001b[M'), 0);
    decoder.flush(40);
    expect(decoder.flush(2_000)).toEqual([]);
    expect(decode('q', decoder)).toBe("'q'");
  });

  it('takes a key that ends a report half-way', () => {
    const decoder = createKeyDecoder();
    decoder.push(bytes('\u001b[M "'), 0);
    expect(decode('\u0003q', decoder)).toBe("ctrl+'c' 'q'");
  });

  it('tells a lone ESC when its deadline has come, and not before', () => {
    const decoder = createKeyDecoder({ escapeWaitMs: 40 });
    expect(decoder.push(bytes('\u001b'), 1000)).toEqual([]);
    expect(decoder.pendingSince).toBe(1000);
    expect(decoder.deadlineAt).toBe(1040);
    expect(decoder.flush(1039)).toEqual([]);
    expect(decoder.flush(1040).map(describeEvent)).toEqual(['escape']);
    expect(decoder.deadlineAt).toBe(null);
  });

  it('tells ESC pressed twice as two', () => {
    const decoder = createKeyDecoder();
    decoder.push(bytes('\u001b\u001b'), 0);
    expect(decoder.flush(100).map(describeEvent)).toEqual(['escape', 'escape']);
  });

  it('joins a sequence whose ESC was torn off, so that no letter of it becomes a key', () => {
    const decoder = createKeyDecoder();
    decoder.push(bytes('\u001b'), 0);
    decoder.flush(50);
    expect(decoder.push(bytes('[<0;23;12M'), 300)).toEqual([]);
    expect(decode('q', decoder)).toBe("'q'");
  });

  it('waits long for the rest of a sequence, and takes keys again when it never comes', () => {
    const decoder = createKeyDecoder();
    decoder.push(bytes('\u001b]11;rgb'), 0);
    expect(decoder.flush(1000)).toEqual([]);
    expect(decoder.flush(2000)).toEqual([]);
    expect(decode('q', decoder)).toBe("'q'");
  });

  it('tells a paste whose end was lost', () => {
    const decoder = createKeyDecoder();
    decoder.push(bytes('\u001b[200~secret'), 0);
    expect(decoder.flush(2000).map(describeEvent)).toEqual(['[secret]']);
  });

  it('bounds a paste', () => {
    const [event] = createKeyDecoder().push(bytes(`\u001b[200~${'x'.repeat(65_541)}\u001b[201~`), 0);
    expect(event?.type === 'paste' && event.text.length).toBe(65_536);
  });

  it('hands on what the terminal answered', () => {
    const replies: TerminalReply[] = [];
    decode(
      '\u001b[?6cx\u001bP>|tmux 3.4\u001b\\\u001b[12;3R',
      createKeyDecoder({ onReply: reply => replies.push(reply) }),
    );
    expect(replies).toEqual([
      { introducer: '[', body: '?6c' },
      { introducer: 'P', body: '>|tmux 3.4' },
      { introducer: '[', body: '12;3R' },
    ]);
  });
});

describe('the key decoder, whatever comes', () => {
  const whole = Object.values(SEQUENCES)
    .flat()
    .map(([sequence]) => bytes(sequence));

  function randomInput(seed: number): Buffer {
    const random = createRandom(seed);
    const parts = Array.from({ length: 40 }, () =>
      random.oneIn(3) ? Buffer.from([random.below(256), random.below(256)]) : random.pick(whole),
    );
    return Buffer.concat(parts);
  }

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'gives the same events however the input is cut, seed %i',
    seed => {
      const input = randomInput(seed);
      const expected = createKeyDecoder().push(input, 0);
      const random = createRandom(seed + 1000);
      const decoder = createKeyDecoder();
      const events: InputEvent[] = [];
      for (let from = 0; from < input.length; ) {
        const to = from + 1 + random.below(4);
        events.push(...decoder.push(input.subarray(from, to), 0));
        from = to;
      }
      expect(events).toEqual(expected);
    },
  );

  it('never throws and never gives a control character as a character', () => {
    const random = createRandom(7);
    const decoder = createKeyDecoder();
    for (let step = 0; step < 3000; step += 1) {
      const chunk = Uint8Array.from({ length: random.below(20) }, () => (random.oneIn(5) ? 0x1b : random.below(256)));
      const events = [...decoder.push(chunk, step * 10), ...decoder.flush(step * 10 + (random.oneIn(4) ? 5000 : 5))];
      for (const event of events) {
        if (event.type === 'key' && event.name === 'character') expect(event.character).toMatch(/^[^\p{Control}]$/u);
      }
    }
  });
});

describe('the mouse, where it was asked to report', () => {
  const decodeMouse = (text: string): string => decode(text, createKeyDecoder({ hasMouse: true }));

  it.each([
    ['\u001b[<0;23;12M', 'press 22,11'],
    ['\u001b[<4;1;1M', 'press 0,0'],
    ['\u001b[<64;80;24M', 'wheel-up 79,23'],
    ['\u001b[<65;300;200M', 'wheel-down 299,199'],
    ['\u001b[<0;23;12mq', "'q'"],
    ['\u001b[<1;23;12M', ''],
    ['\u001b[<2;23;12M', ''],
    ['\u001b[<35;23;12M', ''],
    ['\u001b[<0;23M', ''],
    ['\u001b[<;;M', ''],
  ])('says of %j: %s', (sequence, said) => {
    expect(decodeMouse(sequence)).toBe(said);
  });

  it('takes a report that is torn apart', () => {
    const decoder = createKeyDecoder({ hasMouse: true });
    const parts = ['\u001b[<6', '4;10;', '5M'].map(part => decode(part, decoder));
    expect(parts).toEqual(['', '', 'wheel-up 9,4']);
  });
});
