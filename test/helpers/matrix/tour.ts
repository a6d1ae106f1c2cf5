import { openTerminal, type TerminalWithPersona } from '../terminal/persona.ts';
import type { PtyProgram, ScreenQuestion } from '../terminal/pty.ts';
import { type Allowed, wrongCells } from './rung.ts';

/** A place in the console: the keys that lead there from the one before, and what says that it is there. */
export interface Stop {
  readonly name: string;
  readonly keys: string;
  readonly shows: ScreenQuestion;
  /** Words that must stand there whole at every size. */
  readonly words: readonly string[];
  /** Words that must stand there too from 80 columns on. */
  readonly wideWords?: readonly string[];
}

const ITEMS = ['Flow', 'Return', 'Spread', 'Pump', 'Burner', 'Temperature', 'Humidity', 'Dew point', 'Fan'];
const BACK = ['Esc back', 'q quit'];
const ESC = '\u001b';

/** All screens, beginning with the login; the burner is asked about and not switched. */
export const tour = (password: string): readonly Stop[] => [
  {
    name: 'login',
    keys: '',
    shows: /Password +_/,
    words: ['Log in', 'Broker', 'monitor', 'Enter log in', 'Esc leave'],
  },
  {
    name: 'overview',
    keys: `${password}\r`,
    shows: /Flow +\d+\.\d .?C/,
    words: [...ITEMS, '? help', 'q quit', ' %', ' K'],
  },
  { name: 'denied', keys: 'f', shows: /Fan .*denied/, words: ['Fan', 'denied'] },
  {
    name: 'denials',
    keys: 'd',
    shows: 'If it should',
    words: ['monitor may not publish', 'cellar/fan', '(135)', 'acl_file', 'reload', '(SIGHUP)', ...BACK],
  },
  {
    name: 'clients',
    keys: 'c',
    shows: 'Serves',
    words: ['heating', 'dhtclient', 'live', 'Flow, Return, Pump, Burner', 'User', ...BACK],
  },
  { name: 'log', keys: 'l', shows: /Log.* 1 of/, words: ['newest first', 'Fan on: denied', '(135)', ...BACK] },
  {
    name: 'themes',
    keys: 't',
    shows: 'Themes',
    words: ['waiting', 'offline', 'Enter keep', ...BACK],
    wideWords: ['dark', 'light', 'night', 'high-contrast', 'ansi-16', 'no-color'],
  },
  {
    name: 'help',
    keys: '?',
    shows: 'Keys',
    words: ['Switch Pump on or off', 'Switch Burner on or off', 'Switch Fan on or off', ...BACK],
  },
  { name: 'the end of help', keys: `${ESC}[F`, shows: 'rising', words: ['locked', 'falling', ...BACK] },
  // A lone Esc, before other keys: together they would be one key with Alt.
  { name: 'back', keys: ESC, shows: /Flow +\d+\.\d .?C/, words: ITEMS },
  {
    name: 'detail of a sensor',
    keys: `${ESC}[1~\r`,
    shows: /Flow . Heating/,
    words: ['10 min', 'live', 'mean', '? help', ...BACK],
  },
  {
    name: 'the facts of a sensor',
    keys: '\r',
    shows: 'Topic',
    words: ['Limits', 'warning above 80', '20 to 90', 'heating/flow', 'heating: live', ...BACK],
  },
  { name: 'detail of a derived value', keys: 'jj', shows: /Spread . Heating/, words: ['Flow minus Return', ...BACK] },
  {
    name: 'detail of a switch',
    keys: 'j',
    shows: /Pump . Heating/,
    words: ['heating/pump', 'Feedback', ...BACK],
  },
  { name: 'the rest of a switch', keys: '\r', shows: /Key +p/, words: ['History', ...BACK] },
  {
    name: 'confirm',
    keys: 'b',
    shows: 'Sure?',
    words: ['Switch Burner o', 'heating/burner', 'Enter', 'yes', 'Esc', 'no'],
  },
  { name: 'overview again', keys: `n${ESC}`, shows: /Flow +\d+\.\d .?C/, words: ITEMS },
];

/** What was found at a stop; empty lists when all is well. */
export interface Look {
  readonly name: string;
  readonly screen: string;
  readonly wrong: readonly string[];
}

/** A traveller that looks at each stop through a second terminal, too wide to hide what runs over the edge. */
export function openTour(program: PtyProgram, columns: number, rows: number, allowed: Allowed): Tour {
  const wide = openTerminal(columns + 40, rows, program.terminal.persona);
  let shown = 0;
  const look = async (stop: Stop): Promise<Look> => {
    const screen = await program.waitFor(stop.shows);
    // What is still being read says so with the sign of what is cut.
    const isWhole = (text: string): boolean =>
      !text.includes('reading …') && wordsOf(stop, columns).every(word => text.includes(word));
    await program.waitFor(isWhole).catch(() => {});
    const sent = program.output();
    await wide.write(sent.subarray(shown));
    shown = sent.length;
    return {
      name: stop.name,
      screen,
      wrong: [...faultsOf(program, stop, columns, rows, allowed), ...overrun(wide, columns)],
    };
  };
  return { look, close: wide.close };
}

export interface Tour {
  readonly look: (stop: Stop) => Promise<Look>;
  readonly close: () => void;
}

/** The headline of a denial, once it is an alarm: whether one comes to see it depends on how long the way took. */
const THE_ALARM = /^ \S monitor may not publish to cellar\/f/;

function faultsOf(program: PtyProgram, stop: Stop, columns: number, rows: number, allowed: Allowed): string[] {
  const screen = program.screen();
  const missing = wordsOf(stop, columns)
    .filter(word => !screen.includes(word))
    .map(word => `"${word}" is cut or missing`);
  const touching = screen.split('\n').filter(line => line.length >= columns && /[\p{L}\p{N}]$/u.test(line));
  // What is cut is marked so: there is no place on the way where the article's house has not room for all.
  const cut = screen.split('\n').filter(line => /…|[^ ]~/.test(line) && !THE_ALARM.test(line));
  return [
    ...cut.map(line => `is cut: ${line}`),
    ...wrongCells(program.terminal, columns, rows, allowed),
    ...missing,
    ...touching.map(line => `ends at the very edge: ${line}`),
  ];
}

function overrun(wide: TerminalWithPersona, columns: number): string[] {
  const lines = wide
    .text()
    .split('\n')
    .filter(line => line.slice(columns).trim() !== '');
  return lines.map(line => `runs over the edge: ${line}`);
}

const wordsOf = ({ words, wideWords = [] }: Stop, columns: number): readonly string[] =>
  columns < 80 ? words : [...words, ...wideWords];
