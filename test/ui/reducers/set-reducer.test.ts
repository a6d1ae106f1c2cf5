import { describe, expect, test } from 'vitest';
import { getRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { connected, linkLost, message, withEvents } from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';

/** What was commanded, as `target 22`, and the screen after some keys. */
async function pressed(keys: string, home = kindsHome()) {
  const console = await openTestConsole({ home, columns: 80, rows: 24 });
  await console.press(keys);
  const screen = await console.screen();
  const asked = console.asked.flatMap(event =>
    event.type === 'switch-requested' ? [`${event.switchId} ${event.target}`] : [],
  );
  await console.press('<ctrl+c>');
  await console.ended;
  return { screen, asked };
}

describe('a set-point', () => {
  test.each([
    ['+<enter>', 'target 22'],
    ['-<enter>', 'target 21'],
    ['++-+<enter>', 'target 22.5'],
    ['h<enter>', 'target 21.5'],
    [' 18.5<enter>', 'target 18.5'],
    [' 18,5<enter>', 'target 18.5'],
    [' 19<backspace>8+<enter>', 'target 18.5'],
    [' <up><up><down><enter>', 'target 22'],
    ['<enter>+<enter>', 'target 22'],
  ])('is set by %s to %s', async (keys, expected) => {
    expect((await pressed(`jj${keys}`)).asked).toEqual([expected]);
  });

  test.each([
    [' 99<enter>', '99 °C is more than the 30 °C that it'],
    [' 21.3<enter>', '21.3 °C is between its steps of'],
    [' <backspace><enter>', 'nothing is typed'],
  ])('refuses %s, and says why', async (keys, why) => {
    const { asked, screen } = await pressed(`jj${keys}`);
    expect(asked).toEqual([]);
    expect(screen.replace(/[│\s]+/g, ' ')).toContain(why);
  });

  test('is left as it is by Esc and q', async () => {
    for (const keys of ['jj+<escape>', 'jj q']) {
      const { asked, screen } = await pressed(keys);
      expect(asked).toEqual([]);
      expect(screen).toContain('Target was left as it is');
    }
  });

  test('is not asked for where there is no link', async () => {
    const { asked, screen } = await pressed('jj+', linkLost(kindsHome(), 4_000));
    expect(asked).toEqual([]);
    expect(screen).toContain('Target cannot be set: there is no link to the broker');
  });

  test('+ and - are for set-points', async () => {
    expect((await pressed('+')).screen).toContain('Room is no set-point; + and - are for set-points');
  });
});

describe('a selection and a button', () => {
  test.each([
    ['jjj j<enter>', 'mode heat'],
    ['m<down><down><down><enter>', 'mode off'],
    ['m<end><home><enter>', 'mode auto'],
    ['jjjj y', 'restart press'],
  ])('%s: %s', async (keys, expected) => {
    expect((await pressed(keys)).asked).toEqual([expected]);
  });

  test('is marked where it stands, and where it was last heard as no more than that', async () => {
    const home = kindsHome();
    const live = withEvents(home, message(home.at, 'heater/mode', 'heat'));
    expect((await pressed('m', live)).screen).toContain('heat (as it stands)');
    const lost = linkLost(live, 5_000);
    const again = withEvents(lost, connected(lost.at + 5_000));
    expect((await pressed('m', again)).screen).toContain('heat (as it was last heard)');
  });

  test('a button that asks is not pressed where the answer is no', async () => {
    const { asked, screen } = await pressed('jjjj n');
    expect(asked).toEqual([]);
    expect(screen).toContain('Restart was left as it is');
  });
});

test('nothing is asked for a second time while a command is on its way', async () => {
  const home = kindsHome();
  const { state } = update(home, { type: 'switch-requested', at: home.at, switchId: 'target', target: '22' });
  expect(getRow(state.switches, 'target')?.command).not.toBeNull();
  const { asked, screen } = await pressed('jj+', state);
  expect(asked).toEqual([]);
  expect(screen).toContain('Target: the last command is still on its way');
});
