import { describe, expect, it } from 'vitest';
import type { AlarmAct } from '../../../src/core/alarms/acts.ts';
import { noEvents } from '../../../src/core/history/query/page-events.ts';
import type { PastQuestion } from '../../../src/core/history/query/past-question.ts';
import { ok } from '../../../src/core/result.ts';
import { alarmsHome, bookOf, calmAlarm, tooHot } from '../../helpers/ui/alarms-home.ts';
import { openTestConsole, type TestConsole } from '../../helpers/ui/console.ts';

type Given = Omit<Parameters<typeof openTestConsole>[0], 'home'>;

/** The console on the alarms, with what is asked of them; `fault` is why it is not done. */
async function open(fault: string | null = null, look: Given = {}) {
  const acts: { readonly ids: readonly string[]; readonly act: AlarmAct }[] = [];
  const act = async (ids: readonly string[], wish: AlarmAct): Promise<string | null> => {
    acts.push({ ids, act: wish });
    return fault;
  };
  const console = await openTestConsole({ home: alarmsHome(), alarms: { act }, ...look });
  await console.press('a');
  await console.until('to acknowledge');
  return { console, acts };
}

async function leave(console: TestConsole): Promise<void> {
  await console.press('<ctrl+c>');
  await console.ended;
}

describe('the screen of the alarms', () => {
  it('acknowledges in the name of the user, and says so', async () => {
    const { console, acts } = await open();
    await console.press('A');
    expect(acts).toEqual([{ ids: ['flow-too-high'], act: { kind: 'acknowledge', by: 'monitor' } }]);
    expect(await console.screen()).toContain('→ Flow above 75 °C: acknowledged');
    await leave(console);
  });

  it('shelves with a time and a reason, whose letters are no keys', async () => {
    const { console, acts } = await open();
    await console.press('S');
    expect(await console.screen()).toContain('until 15:34');
    await console.press('q: the sweep');
    await console.press('<left><enter>');
    expect(acts.map(({ act }) => act)).toEqual([
      { kind: 'shelve', by: 'monitor', forMs: 1_800_000, reason: 'q: the sweep' },
    ]);
    expect(await console.screen()).toContain('shelved; S takes it off the shelf');
    await console.press('<end>S');
    expect(acts.at(-1)).toEqual({ ids: ['humidity-high'], act: { kind: 'unshelve', by: 'monitor' } });
    await leave(console);
  });

  it('says why it was not done', async () => {
    const { console } = await open('the daemon does not answer');
    await console.press('A');
    expect(await console.screen()).toContain('Flow above 75 °C is left as it is: the daemon does not answer');
    await leave(console);
  });

  it('does with a key what was seen when it was pressed, also when a higher alarm came in above it', async () => {
    const { console, acts } = await open();
    await console.press('j');
    const gas = calmAlarm('gas', 'Gas in the cellar', { phase: 'active', priority: 'alarm', order: 9, raisedAt: 0 });
    const { alarms } = alarmsHome();
    const others = [...(alarms?.alarms.values() ?? [])];
    await console.replace({ ...alarmsHome(), alarms: bookOf([gas, { ...tooHot, order: 10 }, ...others.slice(3)]) });
    await console.press('A');
    expect(acts.map(({ ids }) => ids)).toEqual([['return-low']]);
    await leave(console);
  });

  it('leads back to the list when the alarm in full is gone, and Esc from there to the house', async () => {
    const { console } = await open();
    await console.press('<enter>');
    expect(await console.screen()).toContain('1 of 5');
    await console.replace({ ...alarmsHome(), alarms: bookOf([calmAlarm('x', 'Another', { phase: 'active' })]) });
    expect(await console.screen()).toContain('1 to acknowledge');
    await console.press('<escape>');
    expect(await console.screen()).toContain('Enter detail');
    await leave(console);
  });

  it('asks the history for the time around the moment, once for each length', async () => {
    const questions: PastQuestion[] = [];
    const readPast: Given['readPast'] = async question => {
      questions.push(question);
      const page = { question, columns: [], compared: null, events: noEvents, since: null, aheadMs: 0, leftOut: [] };
      return { question, result: ok(page) };
    };
    const { console } = await open(null, { readPast });
    expect(questions).toEqual([]);
    await console.press('<enter>');
    await console.press('<down><up>');
    expect(questions.map(({ sensorId }) => sensorId)).toEqual(['flow', 'return', 'flow']);
    const { edges = [] } = questions[0] ?? {};
    expect(edges[0]).toBeLessThan(tooHot.raisedAt ?? 0);
    expect(edges.at(-1)).toBeGreaterThan(tooHot.raisedAt ?? 0);
    await console.press('+');
    expect(questions).toHaveLength(4);
    await leave(console);
  });

  it('does nothing where nobody watches, and says so', async () => {
    const console = await openTestConsole({ home: alarmsHome() });
    await console.press('a');
    await console.until('to acknowledge');
    await console.press('A');
    expect(await console.screen()).toContain('Flow above 75 °C is left as it is: nobody watches here');
    await leave(console);
  });

  it('is where the headline leads to', async () => {
    const console = await openTestConsole({ home: alarmsHome() });
    await console.press('k<enter>');
    await console.until('to acknowledge');
    await leave(console);
  });
});
