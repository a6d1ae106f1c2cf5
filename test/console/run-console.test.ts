import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../src/terminal/identity/glyphs.ts';
import { createKeymap } from '../../src/ui/keys/keymap.ts';
import { plainTable } from '../../src/ui/panels/table.ts';
import { picture } from '../../src/ui/picture/picture.ts';
import { createAppState } from '../../src/ui/state/app-state.ts';
import { openTestConsole } from '../helpers/ui/console.ts';
import {
  article,
  connected,
  deviceMessages,
  emptyHome,
  livingHome,
  message,
  refused,
  START,
  tick,
  withEvents,
} from '../helpers/ui/home.ts';

describe('the console', () => {
  it('draws with Ink what the first frame draws without it', async () => {
    const home = livingHome(300);
    const console = await openTestConsole({ home });
    const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
    const app = createAppState({ theme: 'dark', needsPassword: false, user: 'monitor' });
    const size = { columns: 80, rows: 24 };
    const lines = picture({ view, app, keymap: createKeymap(home.house), themes: [], size }, plainTable);
    const text = lines.map(line => line.map(part => part.text).join('')).join('\n');
    expect(await console.screen()).toBe(`${text}\n`);
    await console.press('q');
    expect(await console.ended).toBe(0);
  });

  it('shows what the house says, and sends nothing where that changes nothing on screen', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    await console.dispatch(message(START + 61_000, 'heating/flow', '61.7'));
    expect(await console.screen()).toContain('61.7 °C');
    console.bytes();
    await console.dispatch(message(START + 61_100, 'somebody/else', '1'));
    await console.dispatch(message(START + 61_200, 'heating/flow', '61.7'));
    expect(console.bytes()).toBe(0);
    await console.press('q');
  });

  it('asks before it switches the burner, and tells the verdict', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    await console.press('b');
    expect(await console.screen()).toContain('Switch Burner on?');
    expect(console.asked).toEqual([]);
    await console.press('y');
    expect(console.asked).toMatchObject([{ type: 'switch-requested', switchId: 'burner', target: 'on' }]);
    expect(await console.screen()).toContain('asked for on');
    const at = console.home().at;
    await console.dispatch(
      { type: 'command-acknowledged', at: at + 20, commandId: console.home().nextId - 1, code: 0 },
      message(at + 84, 'heating/burner/done', 'on'),
    );
    expect(await console.screen()).toMatch(/b Burner +● on +confirmed 84 ms/);
    await console.press('q');
  });

  it('never calls anything live while there is no link', async () => {
    const home = withEvents(livingHome(60), message(START + 60_600, 'heating/pump/done', 'on'));
    const console = await openTestConsole({ home });
    expect(await console.screen()).toContain('● live');
    expect(await console.screen()).toContain('● on');
    await console.dispatch({ type: 'link-changed', at: START + 61_000, link: { phase: 'connecting', attempt: 1 } });
    for (const keys of ['', '<enter>', 'jjj', '<escape><home>c', 'd', 'l', '<escape>b', '<escape>']) {
      await console.press(keys);
      expect(await console.screen()).not.toMatch(/●|are live|on time|It is o/);
    }
    expect(await console.screen()).toMatch(/p Pump +\? was on +no link/);
    await console.dispatch(connected(START + 65_000));
    expect(await console.screen()).not.toMatch(/● live|are live/);
    await console.dispatch(...deviceMessages(66), tick(START + 67_000));
    expect(await console.screen()).toContain('All 4 values and 2 clients are live');
    await console.press('q');
  });

  it('answers three wrong passwords with three answers', async () => {
    const console = await openTestConsole({ home: emptyHome(), needsPassword: true });
    for (const [place, ordinal] of ['First', 'Second', 'Third'].entries()) {
      await console.press(`wrong${place}<enter>`);
      const home = refused(console.home(), place + 1);
      await console.dispatch({ type: 'link-changed', at: home.at, link: home.link });
      const screen = await console.screen();
      expect(screen).toContain(`${ordinal} answer: login as monitor refused`);
      expect(screen).not.toContain('wrong0');
    }
    await console.paste('secret with blanks\n');
    await console.press('<enter>');
    expect(console.passwords).toEqual(['wrong0', 'wrong1', 'wrong2', 'secret with blanks']);
    await console.dispatch(connected(START + 9_000));
    expect(await console.screen()).toContain('Listening');
    expect(console.sent()).not.toContain('secret');
    await console.press('q');
    expect(await console.ended).toBe(0);
  });

  it('leaves the login with the code of a login that did not come about', async () => {
    const console = await openTestConsole({ home: emptyHome(), needsPassword: true });
    await console.press('<escape>');
    expect(await console.ended).toBe(77);
  });

  it('follows the size of the terminal, down to one cell and back', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    const before = await console.screen();
    for (const [columns, rows] of [
      [120, 40],
      [1, 1],
      [29, 7],
      [30, 8],
      [500, 200],
      [40, 15],
    ] as const) {
      await console.resize(columns, rows);
      const lines = (await console.screen()).split('\n').slice(0, -1);
      expect(lines).toHaveLength(rows);
    }
    await console.resize(80, 24);
    expect(await console.screen()).toBe(before);
    await console.press('q');
  });

  it('draws everything anew on Ctrl-L', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    const before = await console.screen();
    await console.emulator.write('\u001b[2J');
    console.bytes();
    await console.press('<ctrl+l>');
    expect(console.bytes()).toBeGreaterThan(500);
    expect(await console.screen()).toBe(before);
    await console.press('q');
  });

  it.each([false, true])('goes to sleep on Ctrl-Z or says why not, at the login (%s) too', async needsPassword => {
    const console = await openTestConsole({ home: livingHome(60), needsPassword });
    expect(await console.screen()).not.toContain('No shell here');
    await console.press('<ctrl+z>');
    expect(console.suspensions()).toBe(1);
    expect(await console.screen()).toContain('→ No shell here');
    await console.press('<ctrl+c>');
    await console.ended;
  });

  it('keeps the chosen theme, and draws with it at once', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    expect(console.sent()).toContain('38;5;80');
    await console.press('t<end>');
    await console.press('<enter>');
    expect(console.keptThemes).toEqual(['no-color']);
    console.bytes();
    await console.press('<ctrl+l>');
    expect(console.sent()).not.toMatch(/\u001b\[[\d;]*3[0-8]/);
    await console.press('q');
  });

  it('says that a theme is unknown', async () => {
    const console = await openTestConsole({ home: livingHome(60), theme: 'pink' });
    expect(await console.screen()).toContain('there is no theme "pink"');
    await console.press('q');
  });

  it('ends with words when a component fails', async () => {
    const home = livingHome(60);
    const console = await openTestConsole({ home });
    const broken = { ...home, journal: null as unknown as typeof home.journal };
    const ended = expect(console.ended).rejects.toThrow(/The console failed while it was drawing: .*journal|null/);
    await console.replace(broken);
    await ended;
  });

  it('takes keys that were pressed before it was ready', async () => {
    const console = await openTestConsole({ home: livingHome(60), early: 'c' });
    expect(await console.screen()).toContain('Last message');
    await console.press('q');
    expect(await (await openTestConsole({ home: livingHome(60), early: 'q' })).ended).toBe(0);
  });

  it('takes nothing for a key that was typed behind the one that left it', async () => {
    const console = await openTestConsole({ home: livingHome(60), early: 'qp' });
    expect(await console.ended).toBe(0);
    expect(console.asked).toEqual([]);
  });

  it('ends with words when the first drawing fails', async () => {
    const home = { ...livingHome(60), journal: null as unknown as [] };
    const console = await openTestConsole({ home });
    await expect(console.ended).rejects.toThrow('The console failed while it was drawing');
  });

  it('shows a flood of messages in few frames and loses no key', async () => {
    const console = await openTestConsole({ home: livingHome(60) });
    const flood = Array.from({ length: 500 }, (_, place) =>
      message(START + 61_000 + place, 'heating/flow', (50 + (place % 40) / 2).toFixed(1)),
    );
    await console.dispatch(...flood, message(START + 62_000, 'heating/flow', '49.3'));
    expect(await console.screen()).toContain('49.3 °C');
    await console.press('c');
    expect(await console.screen()).toContain('Last message');
    await console.press('q');
  });
});

describe('the state of the house at any moment', () => {
  it('fits the screen whatever is in it', async () => {
    // Of items without a role each number is believed.
    const house = article();
    const bare = Object.entries(house.sensors).map(([id, { role: _, ...sensor }]) => [id, sensor] as const);
    const home = withEvents(
      livingHome(60, emptyHome({ ...house, sensors: Object.fromEntries(bare) })),
      message(START + 61_000, 'heating/flow', '123456789.5'),
      message(START + 61_001, 'heating/return', '-40.25'),
      message(START + 61_002, 'cellar/humidity', '\u001b[2J\u001b]0;title\u0007'),
      message(START + 61_003, 'cellar/temperature', 'x'.repeat(100_000)),
      tick(START + 61_500),
    );
    const console = await openTestConsole({ home });
    const screen = await console.screen();
    expect(screen).toMatch(/Flow +1e\+8 °C/);
    expect(screen).toContain('-40.3 °C');
    expect(console.sent()).not.toContain('title\u0007');
    for (const line of screen.split('\n').slice(2, 9)) expect(line).toMatch(/^[╭│╰].*[╮│╯]$/u);
    await console.press('q');
  });
});
