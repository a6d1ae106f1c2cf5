import { type Emulator, openEmulator } from './emulator.ts';

/**
 * Which terminal answers at the other end. `putty` answers as PuTTY 0.78 does (measured), `putty-latin1` is one whose
 * character set is ISO-8859-1 until `ESC % G`, `linux` and `vt100` answer the primary attributes only, `mute` nothing.
 */
export type Persona = 'xterm' | 'putty' | 'putty-latin1' | 'linux' | 'vt100' | 'mute';

/** What xterm.js sends in answer, by what it is, and what each of the others sends instead; unnamed ones are not sent. */
type Answers = Readonly<Partial<Record<'primary' | 'secondary' | 'position' | 'enquiry', string>>>;

/** Stands for the answer as it is: the cursor's position is the same in all terminals. */
const SAME = '&';
const putty: Answers = { primary: '\u001b[?6c', secondary: '\u001b[>0;136;0c', position: SAME, enquiry: 'PuTTY' };
const answers: Readonly<Record<Exclude<Persona, 'xterm'>, Answers>> = {
  putty,
  'putty-latin1': putty,
  linux: { primary: '\u001b[?6c', position: SAME },
  vt100: { primary: '\u001b[?1;0c', position: SAME },
  mute: {},
};

/** A terminal with a character: what it is sent goes through its character set, what it answers is in its words. */
export interface TerminalWithPersona extends Emulator {
  readonly persona: Persona;
  /** TERM as such a terminal sets it. */
  readonly term: string;
  /** Whether its tty says `iutf8`. */
  readonly isUtf8: boolean;
}

const TERMS: Readonly<Partial<Record<Persona, string>>> = { xterm: 'xterm-256color', linux: 'linux', vt100: 'vt100' };

/** Opens a terminal of that size and character. */
export function openTerminal(columns: number, rows: number, persona: Persona = 'xterm'): TerminalWithPersona {
  const emulator = openEmulator(columns, rows);
  const decode = persona === 'putty-latin1' ? latin1Until() : (bytes: Uint8Array) => bytes;
  const listeners = new Set<(text: string) => void>();
  const say = (text: string | undefined): void => {
    if (text !== undefined) for (const listener of listeners) listener(text);
  };
  emulator.onAnswer(text => say(persona === 'xterm' ? text : translate(text, answers[persona])));
  const members: Omit<TerminalWithPersona, keyof Emulator> & Partial<Emulator> = {
    persona,
    term: TERMS[persona] ?? 'xterm',
    isUtf8: persona !== 'putty-latin1',
    onAnswer: listener => void listeners.add(listener),
    write: async data => {
      const bytes = typeof data === 'string' ? Buffer.from(data) : data;
      if (persona !== 'xterm' && bytes.includes(0x05)) say(answers[persona].enquiry);
      await emulator.write(decode(bytes));
    },
  };
  // The emulator's own members are getters in part, so it is not copied.
  return Object.assign(Object.create(emulator), members) as TerminalWithPersona;
}

function translate(text: string, own: Answers): string | undefined {
  const kind = kindOf(text);
  const answer = kind === null ? undefined : own[kind];
  return answer === SAME ? text : answer;
}

/** What it answers; `null` for reports of modes, colours and versions, which no other terminal here sends. */
function kindOf(text: string): Exclude<keyof Answers, 'enquiry'> | null {
  if (text.startsWith('\u001b[?') && text.endsWith('c')) return 'primary';
  if (text.endsWith('R')) return 'position';
  return text.startsWith('\u001b[>') && text.endsWith('c') ? 'secondary' : null;
}

/** Reads bytes as ISO-8859-1, from `ESC % G` on as UTF-8, from `ESC % @` on as ISO-8859-1 again (ISO 2022). */
function latin1Until(): (bytes: Uint8Array) => Uint8Array {
  let isUtf8 = false;
  return bytes => {
    const pieces = Buffer.from(bytes)
      .toString('latin1')
      .split(/(\u001b%[G@])/);
    const decoded = pieces.map(piece => {
      if (piece === '\u001b%G') isUtf8 = true;
      if (piece === '\u001b%@') isUtf8 = false;
      return Buffer.from(piece, isUtf8 ? 'latin1' : 'utf8');
    });
    return Buffer.concat(decoded);
  };
}
