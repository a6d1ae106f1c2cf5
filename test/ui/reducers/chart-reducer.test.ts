import { describe, expect, it } from 'vitest';
import { noEvents } from '../../../src/core/history/query/page-events.ts';
import type { PastQuestion } from '../../../src/core/history/query/past-question.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { ok } from '../../../src/core/result.ts';
import { type KeyEvent, type NamedKey, NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { type AppAction, reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import {
  type AppCommand,
  type AppState,
  type ChartView,
  createAppState,
  presentView,
  topPage,
} from '../../../src/ui/state/app-state.ts';
import { livingHome, START, tick, withEvents } from '../../helpers/ui/home.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const home = livingHome(600);
/** The history of these tests begins so long before. */
const SINCE = START - 100 * DAY_MS;

const contextOf = (state: HomeState) => ({
  ...{ home: state, keymap: createKeymap(state.house), themeNames: ['dark'] },
  ...{ pageRows: 3, columns: 80, timeOfDay: (at: number) => at },
});

const keyOf = (name: string): KeyEvent =>
  [...name].length === 1
    ? { type: 'key', name: 'character', character: name, ...NO_MODIFIERS }
    : { type: 'key', name: name as NamedKey, ...NO_MODIFIERS };

interface Run {
  readonly app: AppState;
  readonly view: ChartView;
  readonly questions: readonly PastQuestion[];
}

const fresh = (keepsHistory = true): AppState => ({
  ...createAppState({ theme: 'dark', needsPassword: false, user: null, keepsHistory }),
});

/** Presses keys on the detail of the flow, each question answered at once by a history without values. */
function run(keys: readonly string[], { from = fresh(), at = home, answers = true } = {}): Run {
  let app = from;
  const questions: PastQuestion[] = [];
  const act = (action: AppAction): void => {
    const step = reduceApp(app, action, contextOf(at));
    app = step.state;
    for (const command of step.commands) look(command);
  };
  const look = (command: AppCommand): void => {
    if (command.type !== 'read-past') return;
    const { question } = command;
    questions.push(question);
    const page = { question, columns: [], compared: null, events: noEvents, since: SINCE, aheadMs: 0, leftOut: [] };
    if (answers) act({ type: 'past-read', answer: { question, result: ok(page) } });
  };
  for (const key of ['enter', ...keys]) act({ type: 'key', key: keyOf(key) });
  const page = topPage(app);
  return { app, view: page.screen === 'detail' ? (page.chart ?? presentView) : presentView, questions };
}

const lengthOf = ({ edges }: PastQuestion): number => (edges.at(-1) ?? 0) - (edges[0] ?? 0);
const LONGER = { '24 h': ['+', '+', '+'], '7 d': ['+', '+', '+', '+'], all: [...'+++++++'] };

describe('paging in time', () => {
  it('goes back page by page, each one window before, and forth again to now', () => {
    const back = run([...LONGER['24 h'], 'left']);
    const twice = run([...LONGER['24 h'], 'left', 'left']);
    expect(home.at - (back.view.until ?? 0)).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
    expect(home.at - (back.view.until ?? 0)).toBeGreaterThanOrEqual(DAY_MS - HOUR_MS);
    expect((back.view.until ?? 0) - (twice.view.until ?? 0)).toBe(DAY_MS);
    expect(run([...LONGER['24 h'], 'left', 'left', 'right']).view.until).toBe(back.view.until);
    expect(run([...LONGER['24 h'], 'left', 'left', 'right', 'right']).view.until).toBeNull();
  });

  it('says at both ends that there is no more', () => {
    expect(run(['right']).app.notice?.text).toContain('This is now');
    const oldest = run([...LONGER['7 d'], 'home']);
    expect(oldest.questions.at(-1)?.edges[0]).toBeLessThanOrEqual(SINCE);
    const beyond = run([...LONGER['7 d'], 'home', 'left']);
    expect(beyond.app.notice?.text).toBe('Nothing is kept from before 03 Oct 2025 14:22');
    expect(beyond.view.until).toBe(oldest.view.until);
    expect(run([...LONGER.all, 'left']).app.notice?.text).toContain('All that is kept is shown');
    expect(run([...LONGER['7 d'], 'home', 'end']).view.until).toBeNull();
  });

  it('may look for the oldest before it is known how far that reaches back', () => {
    expect(run(['left'], { answers: false }).app.notice).toBeNull();
    expect(run(['left'], { from: fresh(false) }).app.notice?.text).toContain('Nothing is kept from before');
  });

  it('keeps the time where another sensor or another window is chosen', () => {
    const back = run(['+', 'left']);
    expect(run(['+', 'left', 'j']).view).toEqual(back.view);
    expect(run(['+', 'left', 'j']).app.stack.at(-1)).toMatchObject({ id: 'return' });
    expect(run(['+', 'left', '+']).view.until).toBe(back.view.until);
    expect(run([...LONGER['24 h'], 'left', ...'++++']).view.until).toBeNull();
  });

  it('is for sensors only', () => {
    for (const key of ['left', 'right', 'home', 'end', ',', '.', '=', '@', 'g']) {
      expect(run(['j', 'j', key]).app.notice?.text).toContain('has no chart');
    }
  });
});

describe('the cursor', () => {
  it('begins at the newest column, moves by columns and by wide steps, and Esc takes it off before it leads back', () => {
    const [one, two, far] = [run([',']), run([',', ',']), run([',', '<'])].map(({ view }) => view.cursor ?? 0);
    expect(home.at - (one ?? 0)).toBeLessThan(10_000);
    expect((one ?? 0) - (two ?? 0)).toBe(10_000);
    expect((one ?? 0) - (far ?? 0)).toBe(70_000);
    expect(run([',', '<', '>']).view.cursor).toBe(one);
    expect(run(['.']).view.cursor).toBeLessThan(home.at - 9 * 60_000);
    expect(run([',', 'escape']).view.cursor).toBeNull();
    expect(topPage(run([',', 'escape', 'escape']).app).screen).toBe('overview');
  });

  it('turns the page at its ends, and stays on now', () => {
    const over = run(['+', '.', ',']);
    expect(over.view.until).not.toBeNull();
    expect(over.view.cursor).toBeLessThan(over.view.until ?? 0);
    expect(run(['+', '.', ',', '.']).view.cursor).toBeGreaterThanOrEqual(over.view.until ?? 0);
    expect(run([',', '.']).app.notice?.text).toContain('This is now');
    const ends = run(['+', 'left', ',', 'left']).view;
    expect(ends.cursor).toBeLessThan(ends.until ?? 0);
  });

  it('is what a shorter window is laid around', () => {
    const cursor = run([...LONGER['7 d'], '<', '<']).view.cursor ?? 0;
    const { view } = run([...LONGER['7 d'], '<', '<', '-']);
    expect(view.cursor).toBe(cursor);
    expect(view.until).toBe(cursor + DAY_MS / 2);
  });
});

describe('the same hours of another day', () => {
  it('are those of yesterday, then of last week, then none', () => {
    const shifts = ['=', '==', '===', '===='].map(keys => {
      const { questions } = run([...LONGER['24 h'], ...keys]);
      const { edges = [], comparedEdges } = questions.at(-1) ?? {};
      return comparedEdges == null ? null : ((edges[0] ?? 0) - (comparedEdges[0] ?? 0)) / DAY_MS;
    });
    expect(shifts).toEqual([1, 7, null, 1]);
    expect(run([...LONGER['7 d'], '=']).view.comparedDays).toBe(7);
    expect(run([...LONGER['7 d'], '=', '+']).questions.at(-1)?.comparedEdges).toBeNull();
  });

  it('are not there where they would say nothing, or where nothing is kept', () => {
    expect(run([...LONGER.all, '=']).app.notice?.text).toContain('up to 7 d');
    expect(run(['='], { from: fresh(false) }).app.notice?.text).toContain('No history is kept here');
  });
});

describe('what is asked of the past', () => {
  it('is asked once for each page, and again when a minute went by on one that ends now', () => {
    const first = run([]);
    expect(first.questions).toHaveLength(1);
    const again = (ms: number, from: AppState) => {
      const later = withEvents(home, tick(home.at + ms));
      return reduceApp(from, { type: 'house-changed' }, contextOf(later)).commands;
    };
    expect(again(10_000, first.app)).toEqual([]);
    expect(again(70_000, first.app)).toMatchObject([{ type: 'read-past' }]);
    const over = run([...LONGER['24 h'], 'left']);
    expect(again(70_000, over.app)).toEqual([]);
  });

  it('covers all that is kept once it is known how far that reaches back', () => {
    const { questions } = run(LONGER.all);
    expect(lengthOf(questions.at(-1) ?? ({ edges: [] } as never))).toBeGreaterThanOrEqual(100 * DAY_MS);
  });

  it('is nothing where no chart is shown, or no history is kept', () => {
    expect(run(['j', 'j']).questions).toHaveLength(2);
    expect(run([], { from: fresh(false) }).questions).toEqual([]);
  });

  it('takes only the answer to the newest question, and keeps the last page through a failure', () => {
    const { app } = run([]);
    const [question] = run(['left']).questions;
    if (question === undefined) throw new Error('it asks');
    const late = {
      question,
      result: ok({ question, columns: [], compared: null, events: noEvents, since: 1, aheadMs: 0, leftOut: [] }),
    };
    const take = (answer: Extract<AppAction, { type: 'past-read' }>['answer']) =>
      reduceApp(app, { type: 'past-read', answer }, contextOf(home)).state;
    expect(take(late)).toBe(app);
    const issue = { severity: 'warning' as const, message: 'the history cannot be read', cure: 'Mend it.' };
    const asked = app.past.asked;
    if (asked === null) throw new Error('it asked');
    const failed = take({ question: asked, result: { ok: false, error: issue } });
    expect(failed.past.page).toBe(app.past.page);
    expect(failed.past.answer?.result).toEqual({ ok: false, error: issue });
  });
});

describe('a date that is asked for', () => {
  const type = (text: string) => run([...LONGER['24 h'], 'g', ...text, 'enter']);

  it('leads there, with the cursor on it in the middle of the page', () => {
    const { view } = type('2026-01-05 03:00');
    expect(view.cursor).toBe(Date.UTC(2026, 0, 5, 3));
    expect(view.until).toBe(Date.UTC(2026, 0, 5, 15));
    expect(view.entry).toBeNull();
    expect(type('yesterday 03:00').view.cursor).toBe(Date.UTC(2026, 0, 10, 3));
    expect(type('20:00').view.cursor).toBe(Date.UTC(2026, 0, 10, 20));
    expect(type('now').view).toMatchObject({ cursor: home.at, until: null });
  });

  it('is kept to be mended where it is none, and given up with Esc or with nothing', () => {
    for (const text of ['31.2.', '2026-02-30', '2030-01-01', 'x']) {
      expect(type(text).view).toMatchObject({ entry: text, cursor: null, until: null });
    }
    expect(run(['g', 'a', 'escape']).view).toEqual(presentView);
    expect(run(['g', 'enter']).view).toEqual(presentView);
    expect(run(['g', 'a', 'b', 'backspace']).view.entry).toBe('a');
    expect(run(['@', 'q', 'p']).view.entry).toBe('qp');
  });

  it('before all that is kept leads to the oldest and says so', () => {
    const { view, app } = type('2020-01-01');
    expect(view.cursor).toBe(SINCE);
    expect(app.notice?.text).toContain('Nothing is kept from before 03 Oct 2025 14:22');
  });

  it('takes pasted text without its control characters, no more than anybody writes, and Ctrl-U and Ctrl-C', () => {
    const { app } = run(['g']);
    const act = (key: KeyEvent) => reduceApp(app, { type: 'key', key }, contextOf(home));
    const entryOf = (state: AppState) => topPage(state);
    expect(entryOf(act({ type: 'paste', text: '2026-01-05\n' }).state)).toMatchObject({
      chart: { entry: '2026-01-05' },
    });
    expect(entryOf(act({ type: 'paste', text: '1'.repeat(99) }).state)).toMatchObject({
      chart: { entry: '1'.repeat(40) },
    });
    const ctrl = (character: string): KeyEvent => ({
      ...NO_MODIFIERS,
      type: 'key',
      name: 'character',
      character,
      ctrl: true,
    });
    expect(act(ctrl('c')).commands).toEqual([{ type: 'leave', code: 0 }]);
    expect(entryOf(act(ctrl('u')).state)).toMatchObject({ chart: { entry: '' } });
  });
});
