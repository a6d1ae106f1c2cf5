import { describe, expect, it } from 'vitest';
import { topicsOfHouse } from '../../../src/core/home/access/users.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { type KeyEvent, type NamedKey, NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { reduceApp } from '../../../src/ui/reducers/app-reducer.ts';
import {
  type AppCommand,
  type AppContext,
  type AppState,
  createAppState,
  type RightNews,
  topPage,
} from '../../../src/ui/state/app-state.ts';
import { logFocus, logRows } from '../../../src/ui/state/log-rows.ts';
import {
  connected,
  emptyHome,
  linkLost,
  livingHome,
  lockedHome,
  refused,
  richHome,
  START,
  usersHome,
  withEvents,
} from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';

const home = livingHome(30);

function contextOf(state: HomeState): AppContext {
  return {
    home: state,
    keymap: createKeymap(state.house),
    themeNames: ['dark', 'light', 'no-color'],
    pageRows: 3,
    timeOfDay: at => at,
    columns: 80,
  };
}

const press = (name: string): KeyEvent =>
  [...name].length === 1
    ? { type: 'key', name: 'character', character: name, ...NO_MODIFIERS }
    : { type: 'key', name: name as NamedKey, ...NO_MODIFIERS };

function run(keys: readonly string[], state: HomeState = home, from?: AppState) {
  let app = from ?? createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
  const commands: AppCommand[] = [];
  for (const key of keys) {
    const step = reduceApp(app, { type: 'key', key: press(key) }, contextOf(state));
    app = step.state;
    commands.push(...step.commands);
  }
  return { app, commands, page: topPage(app) };
}

describe('another house', () => {
  const change = (state: HomeState) => {
    const context = { ...contextOf(state), keymap: createKeymap(state.house, { hasHouses: true }) };
    const app = createAppState({ theme: 'dark', needsPassword: false, user: 'monitor', hasHouses: true });
    return reduceApp(app, { type: 'key', key: press('P') }, context);
  };

  it('is asked for from every screen', () => {
    expect(change(home).commands).toEqual([{ type: 'change-house' }]);
  });

  it('waits for the verdict of a command', () => {
    const asked = { type: 'switch-requested', at: home.at + 10, switchId: 'pump', target: 'on' } as const;
    const { commands, state } = change(withEvents(home, asked));
    expect([commands, state.notice?.text]).toEqual([[], 'Pump: a command is still on its way']);
  });
});

describe('the overview', () => {
  it('moves the focus through all items and stops at the ends', () => {
    expect(run(['up']).page.focus).toBe(0);
    expect(run(['down', 'j', 'down']).page.focus).toBe(3);
    expect(run(['end']).page.focus).toBe(8);
    expect(run(['end', 'down']).page.focus).toBe(8);
    expect(run(['pageDown', 'pageDown', 'pageUp']).page.focus).toBe(3);
  });

  it('goes to the same depth of the next panel, and around', () => {
    expect(run(['down', 'right']).page.focus).toBe(6);
    expect(run(['down', 'right', 'right']).page.focus).toBe(1);
    expect(run(['j', 'j', 'j', 'j', 'right']).page.focus).toBe(8);
    expect(run(['left']).page.focus).toBe(5);
  });

  it('opens the chosen item, walks on there, and comes back to where it walked to', () => {
    const { page } = run(['down', 'enter']);
    expect(page).toMatchObject({ screen: 'detail', id: 'return' });
    expect(run(['enter', 'j', 'j', 'escape']).page).toMatchObject({ screen: 'overview', focus: 2 });
  });

  it('turns the page of what does not fit, and begins at the first one of another item', () => {
    expect(run(['enter', 'enter', 'enter']).page).toMatchObject({ id: 'flow', part: 2 });
    expect(run(['enter', 'enter', 'j']).page).toEqual({ screen: 'detail', focus: 1, id: 'return', window: 0 });
    for (const screen of ['c', 'd']) {
      expect(run([screen, 'enter'], richHome()).page, screen).toHaveProperty('part', 1);
      expect(run([screen, 'enter', 'j'], richHome()).page, screen).not.toHaveProperty('part');
    }
  });

  it('says that there is nothing to go back to', () => {
    expect(run(['escape']).app.notice?.text).toContain('q leaves');
  });
});

describe('Ctrl-C, Ctrl-L and Ctrl-Z', () => {
  const ctrl = (character: string): KeyEvent => ({
    ...{ type: 'key', name: 'character', character },
    ...{ ...NO_MODIFIERS, ctrl: true },
  });
  const EXPECTED = { c: { type: 'leave', code: 0 }, l: { type: 'repaint' }, z: { type: 'suspend' } };

  it.each([[[]], [['/', 's']], [['l', '/', 's']], [['enter', 'g', '2']], [['b']], [['?']]])(
    'mean what they mean after %j too',
    keys => {
      const { app } = run(keys);
      for (const [character, command] of Object.entries(EXPECTED)) {
        const step = reduceApp(app, { type: 'key', key: ctrl(character) }, contextOf(home));
        expect(step.commands).toEqual([command]);
        expect({ ...step.state, notice: null }).toEqual({ ...app, notice: null });
      }
    },
  );

  it('mean it where a set-point is asked for, and a moment of a replay', () => {
    const kinds = kindsHome();
    const asked = run(['j', 'j', '+'], kinds).app;
    expect(asked.dialog).not.toBeNull();
    for (const [app, state] of [
      [asked, kinds],
      [{ ...run([]).app, jump: '03' }, home],
    ] as const) {
      for (const [character, command] of Object.entries(EXPECTED)) {
        const step = reduceApp(app, { type: 'key', key: ctrl(character) }, contextOf(state));
        expect(step).toEqual({ state: app, commands: [command] });
      }
    }
  });
});

describe('a key that means something elsewhere only', () => {
  it.each([
    ['y', 'y does nothing here; ? shows what does'],
    ['n', 'n does nothing here; ? shows what does'],
    [',', ', does nothing here; ? shows what does'],
    ['delete', 'Del does nothing here; ? shows what does'],
    ['f5', 'F5 does nothing; ? shows what does'],
  ])('%s is named by itself, since those beside it may do something here', (key, why) => {
    expect(run([key]).app.notice?.text).toBe(why);
  });

  it('leads to where it switches', () => {
    expect(run(['l', 'p']).app.notice?.text).toBe('p is a key of the overview: Esc leads back to it');
  });
});

describe('what is typed', () => {
  it('loses a whole character with Backspace, and never half of one at its end', () => {
    const typed = (text: string, keys: readonly string[] = []): string | undefined => {
      const { app } = run(['/']);
      const pasted = reduceApp(app, { type: 'key', key: { type: 'paste', text } }, contextOf(home)).state;
      return run(keys, home, pasted).app.search?.text;
    };
    expect(typed('Küche👩‍👩‍👧', ['backspace'])).toBe('Küche');
    expect(typed('e\u0301', ['backspace'])).toBe('');
    expect(typed(`${'a'.repeat(59)}👍`)).toBe('a'.repeat(59));
    expect(typed(`${'a'.repeat(58)}👍👍`)).toBe(`${'a'.repeat(58)}👍`);
  });
});

describe('switching', () => {
  it('asks for the other position of a switch', () => {
    expect(run(['p']).commands).toEqual([{ type: 'request-switch', switchId: 'pump', target: 'on' }]);
    expect(run(['p'], richHome()).commands).toEqual([{ type: 'request-switch', switchId: 'pump', target: 'off' }]);
  });

  it('switches the chosen switch with Space, and says so where it is none', () => {
    expect(run(['j', 'j', 'j', ' ']).commands).toEqual([{ type: 'request-switch', switchId: 'pump', target: 'on' }]);
    expect(run([' ']).app.notice?.text).toContain('Flow is no switch');
    expect(run([' ']).commands).toEqual([]);
  });

  it('asks first where the house file says so', () => {
    const asked = run(['b']);
    expect(asked.app.dialog).toEqual({ switchId: 'burner', target: 'on' });
    expect(asked.commands).toEqual([]);
    expect(run(['b', 'enter']).commands).toHaveLength(1);
    expect(run(['b', 'y']).commands).toHaveLength(1);
    for (const no of ['escape', 'n', 'q']) {
      const left = run(['b', no]);
      expect(left.commands).toEqual([]);
      expect(left.app).toMatchObject({ dialog: null, notice: { text: 'Burner was left as it is' } });
    }
  });

  it('takes no other key for an answer', () => {
    const { app, commands } = run(['b', 'p', 'x', ' ', 'down']);
    expect(commands).toEqual([]);
    expect(app.dialog).not.toBeNull();
    expect(app.notice?.text).toContain('Answer first');
  });

  it('never doubles a command that is on its way', () => {
    const asked = withEvents(home, { type: 'switch-requested', at: home.at, switchId: 'pump', target: 'on' });
    const { commands, app } = run(['p', 'p'], asked);
    expect(commands).toEqual([]);
    expect(app.notice?.text).toContain('on its way');
  });

  it('says that nothing is sent later where there is no link', () => {
    const { app } = run(['p'], linkLost(home, 4_000));
    expect(app.notice?.text).toContain('no link to the broker');
  });

  it('asks no question there, since nothing would come of a yes', () => {
    const { app, commands } = run(['b'], linkLost(home, 4_000));
    expect([app.dialog, app.notice?.text]).toEqual([
      null,
      'Burner cannot be switched: there is no link to the broker. Nothing is sent later',
    ]);
    expect(commands).toEqual([{ type: 'request-switch', switchId: 'burner', target: 'on' }]);
  });

  it('does not use a locked switch, and names the line that is missing', () => {
    const { commands, app } = run(['f'], lockedHome());
    expect(commands).toEqual([]);
    expect(app.notice?.text).toContain('acl_file lacks "topic write cellar/fan" for monitor');
  });

  it('takes no pasted text for keys', () => {
    const step = reduceApp(
      createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' }),
      { type: 'key', key: { type: 'paste', text: 'pbf\n' } },
      contextOf(home),
    );
    expect(step.commands).toEqual([]);
    expect(step.state.dialog).toBeNull();
  });
});

describe('screens', () => {
  it('lie on the house and never on each other', () => {
    expect(run(['c', 'd', 'l']).app.stack.map(page => page.screen)).toEqual(['overview', 'log']);
    expect(run(['enter', '?']).app.stack.map(page => page.screen)).toEqual(['overview', 'detail', 'help']);
    expect(run(['c', 'c']).page.screen).toBe('overview');
    expect(run(['f1']).page.screen).toBe('help');
  });

  it('preview themes and keep one', () => {
    expect(run(['t', 'down']).app.theme).toBe('light');
    expect(run(['t', 'down', 'escape']).app.theme).toBe('dark');
    expect(run(['t', 'down', 'l']).app.theme).toBe('dark');
    const kept = run(['t', 'down', 'enter']);
    expect(kept.app.theme).toBe('light');
    expect(kept.page.screen).toBe('overview');
    expect(kept.commands).toEqual([{ type: 'keep-theme', theme: 'light' }]);
  });

  it('change the time of a chart and remember it', () => {
    expect(run(['enter', '+', '+']).page).toMatchObject({ window: 2 });
    const longest = run(['enter', ...'++++++++']);
    expect(longest.app.notice?.text).toContain('all is the longest');
    expect(longest.page).toMatchObject({ window: 7 });
    expect(run(['enter', '-']).app.notice?.text).toContain('10 min is the shortest');
    expect(run(['enter', '+', 'escape', 'enter']).page).toMatchObject({ window: 1 });
    expect(run(['end', 'enter', '+']).app.notice?.text).toContain('Fan has no chart');
  });

  it('are left with q, at once with Ctrl-C', () => {
    expect(run(['q']).commands).toEqual([{ type: 'leave', code: 0 }]);
    expect(run(['c', 'q']).commands).toEqual([{ type: 'leave', code: 0 }]);
  });

  it('are put to sleep with Ctrl-Z, a question and the login too', () => {
    const key: KeyEvent = { type: 'key', name: 'character', character: 'z', ...NO_MODIFIERS, ctrl: true };
    const login = createAppState({ theme: 'dark', needsPassword: true, user: 'monitor' });
    for (const from of [run([]).app, run(['l']).app, run(['b']).app, login]) {
      const step = reduceApp(from, { type: 'key', key }, contextOf(home));
      expect(step).toEqual({ state: from, commands: [{ type: 'suspend' }] });
    }
    const paste: KeyEvent = { type: 'paste', text: '\u001a' };
    expect(reduceApp(run([]).app, { type: 'key', key: paste }, contextOf(home)).commands).toEqual([]);
  });

  it('say why a key could do nothing', () => {
    const step = reduceApp(run([]).app, { type: 'key-refused', why: 'No shell' }, contextOf(home));
    expect(step.state.notice).toMatchObject({ text: 'No shell' });
  });

  it('keep the chosen entry of the log while new ones come', () => {
    const from = run(['l', 'down', 'down'], richHome());
    const entry = (state: HomeState, app: AppState) => {
      const page = topPage(app);
      return page.screen === 'log' ? logRows(state, page)[logFocus(page, state)]?.entry.text : undefined;
    };
    const chosen = entry(richHome(), from.app);
    const later = linkLost(richHome(), 4_000);
    expect(later.journal.length).toBeGreaterThan(richHome().journal.length);
    expect(entry(later, from.app)).toBe(chosen);
    expect(entry(later, run(['up', 'up', 'up', 'up'], later, from.app).app)).toBe(later.journal.at(-1)?.text);
    expect(entry(later, run(['l'], richHome()).app)).toBe(later.journal.at(-1)?.text);
  });

  it('drop a notice at the next key', () => {
    expect(run(['x']).app.notice).not.toBeNull();
    expect(run(['x', 'down']).app.notice).toBeNull();
  });
});

describe('the login', () => {
  const login = createAppState({ theme: 'dark', needsPassword: true, user: 'monitor' });

  it('takes what is typed and sends it once', () => {
    const { app, commands } = run([...'q p?', 'enter', 'enter'], emptyHome(), login);
    expect(commands).toEqual([{ type: 'log-in', user: 'monitor', password: 'q p?' }]);
    expect(app.login).toEqual({ user: 'monitor', password: '', field: 'password', isSent: true });
  });

  it('does nothing else than typing', () => {
    const { app, commands } = run(['b', 'p', 'backspace', 'left', 'f1'], emptyHome(), login);
    expect(commands).toEqual([]);
    expect(app.login?.password).toBe('b');
  });

  it('takes another user, the one that is known standing there already', () => {
    const keys = ['tab', 'backspace', 'X', 'up', 'Y', 'down', ...'secret', 'enter'];
    expect(run(keys, emptyHome(), login).commands).toEqual([{ type: 'log-in', user: 'monitoXY', password: 'secret' }]);
  });

  it('begins with the user where none was named, and sends no password without one', () => {
    const nobody = createAppState({ theme: 'dark', needsPassword: true, user: null });
    expect(run([...'master', 'enter', ...'secret', 'enter'], emptyHome(), nobody).commands).toEqual([
      { type: 'log-in', user: 'master', password: 'secret' },
    ]);
    const { app, commands } = run(['tab', ...'secret', 'enter'], emptyHome(), nobody);
    expect(commands).toEqual([]);
    expect(app.login).toMatchObject({ field: 'user', password: 'secret' });
  });

  it('takes no control character into a name', () => {
    const atUser = run(['tab'], emptyHome(), login).app;
    const key: KeyEvent = { type: 'paste', text: 'x\u0000\u001b[2J\n' };
    const step = reduceApp(atUser, { type: 'key', key }, contextOf(emptyHome()));
    expect(step.state.login?.user).toBe('monitorx[2J');
  });

  it('takes a paste without its line feed', () => {
    const key: KeyEvent = { type: 'paste', text: 'päss wörd\n' };
    const step = reduceApp(login, { type: 'key', key }, contextOf(emptyHome()));
    expect(step.state.login?.password).toBe('päss wörd');
  });

  it('is left with Escape and with Ctrl-C', () => {
    expect(run(['escape'], emptyHome(), login).commands).toEqual([{ type: 'leave', code: 77 }]);
    // Where there are other houses, to these.
    const among = { ...login, hasHouses: true };
    expect(run(['escape'], emptyHome(), among).commands).toEqual([{ type: 'change-house' }]);
    const key: KeyEvent = { type: 'key', name: 'character', character: 'c', ...NO_MODIFIERS, ctrl: true };
    const step = reduceApp(login, { type: 'key', key }, contextOf(emptyHome()));
    expect(step.commands).toEqual([{ type: 'leave', code: 77 }]);
  });

  it('opens at a refusal, clears for each next try, and closes when we are in', () => {
    const follow = (app: AppState, state: HomeState) =>
      reduceApp(app, { type: 'link-changed' }, contextOf(state)).state;
    let app = follow(createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' }), refused(home, 1));
    expect(app.login).toEqual({ user: 'monitor', password: '', field: 'password', isSent: false });
    app = run([...'wrong', 'enter'], refused(home, 1), app).app;
    app = follow(app, refused(home, 2));
    expect(app.login).toEqual({ user: 'monitor', password: '', field: 'password', isSent: false });
    app = run([...'right', 'enter'], refused(home, 2), app).app;
    expect(follow(app, withEvents(home, connected(START + 60_000))).login).toBeNull();
  });
});

describe('the list of users', () => {
  const users = usersHome();
  const rows = 1 + topicsOfHouse(users.house).length;
  // The row of dhtclient's humidity.
  const down = Array.from({ length: 3 * rows + 4 }, () => 'down');

  it('goes through users and topics, and chooses between reading and writing', () => {
    expect(run(['u', 'end'], users).page).toMatchObject({ screen: 'users', focus: 4 * rows - 1, access: 'read' });
    expect(run(['u', 'down', 'right'], users).page).toMatchObject({ focus: 1, access: 'write' });
    expect(run(['u', 'right', 'left'], users).page).toMatchObject({ access: 'read' });
    expect(run(['u', 'enter'], users).page).toMatchObject({ part: 1 });
    expect(run(['u', 'u'], users).page.screen).toBe('overview');
  });

  it('asks for the right that is chosen, and gives it after a yes', () => {
    const request = {
      user: 'dhtclient',
      access: 'write',
      topic: 'cellar/humidity',
      file: '/etc/mosquitto/acl',
    } as const;
    const asked = run(['u', ...down, 'right', '+'], users);
    expect(asked.commands).toEqual([{ type: 'plan-right', request }]);
    expect(asked.app.dialog).toBeNull();
    const plan = { request, diff: ['+ topic write cellar/humidity'], after: 'abc' };
    const planned = reduceApp(asked.app, { type: 'right-planned', plan }, contextOf(users)).state;
    expect(planned.dialog).toEqual({ ...plan, stage: { kind: 'asked' } });
    const left = run(['escape'], users, planned);
    expect([left.commands, left.app.dialog, left.app.notice?.text]).toEqual([
      [],
      null,
      'The ACL file was left as it is',
    ]);
    const trying = run(['enter'], users, planned);
    expect(trying.commands).toEqual([{ type: 'try-right', plan }]);
    const hear = (news: RightNews, app = trying.app) => reduceApp(app, { type: 'right-news', news }, contextOf(users));
    expect(hear({ kind: 'trying', says: 'Starting' }).state.dialog).toEqual({
      ...plan,
      stage: { kind: 'trying', says: 'Starting' },
    });
    // Only what is proven is written at once.
    const proven = hear({ kind: 'proven', says: '9 of 9' });
    expect(proven.commands).toEqual([{ type: 'allow-right', plan, proof: '9 of 9' }]);
    const said = hear({ kind: 'said', isGood: true, text: 'It is written.', command: null }, proven.state);
    expect(said.state.dialog).toMatchObject({ stage: { kind: 'said', text: 'It is written.' } });
    expect(run(['enter'], users, said.state).app.dialog).toBeNull();
  });

  it('asks once more where it could not be tried, and stops a trial that is broken off', () => {
    const plan = {
      request: { user: 'a', access: 'read', topic: 't', file: 'acl' } as const,
      ...{ diff: [], after: 'abc' },
    };
    const step = (news: RightNews, app: AppState) => reduceApp(app, { type: 'right-news', news }, contextOf(users));
    const asked = reduceApp(run(['u'], users).app, { type: 'right-planned', plan }, contextOf(users)).state;
    const trying = run(['y'], users, asked).app;
    expect(run(['enter'], users, trying).commands).toEqual([]);
    const untried = step({ kind: 'untried', why: 'no mosquitto' }, trying).state;
    expect(run(['n'], users, untried).app.dialog).toBeNull();
    const writing = run(['y'], users, untried);
    expect(writing.commands).toEqual([{ type: 'allow-right', plan, proof: null }]);
    // What is being written can no longer be broken off, and what comes late of the trial changes nothing.
    expect(run(['escape'], users, writing.app).app.dialog).toMatchObject({ stage: { kind: 'writing' } });
    expect(step({ kind: 'proven', says: '' }, writing.app).commands).toEqual([]);
    const stopped = run(['escape'], users, trying);
    expect([stopped.commands, stopped.app.dialog]).toEqual([[{ type: 'stop-trying' }], null]);
    expect(step({ kind: 'proven', says: '' }, stopped.app)).toMatchObject({ commands: [], state: { dialog: null } });
    const late = step({ kind: 'said', isGood: true, text: 'It is written.', command: null }, stopped.app).state;
    expect(late.notice?.text).toBe('It is written.');
  });

  it('says why it cannot be given from here', () => {
    const why = (state: HomeState, ...keys: string[]) => run(['u', ...keys, '+'], state).app.notice?.text;
    expect(why(users)).toContain('Choose a topic');
    expect(why(users, 'down')).toBe('master may read heating/flow already');
    expect(why(home, 'down')).toContain('start with --acl FILE');
    const monitor = { ...users, session: { ...users.session, user: 'monitor' } };
    expect(why(monitor, 'down', 'right')).toContain('by a user who may do everything; monitor may not');
    for (const state of [users, home, monitor]) expect(run(['u', ...down, '+'], state).app.dialog).toBeNull();
  });
});
