import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';
import { openRule, type Said } from '../../helpers/heating/one-rule.ts';

const ID = 'heat-pump-idle';
const soon = { limits: { pumpIdleHours: 0.5 } };

describe('a pump that runs without heat', () => {
  it('is a note after as long as the house file says, two days where it does not', () => {
    const run = runHeating(heatedHouse(soon));
    run.speak(minutes(30) - 1_000, running('off', '22', '22'));
    expect(run.raised()).toEqual([]);
    run.speak(2_000, running('off', '22', '22'));
    expect(run.raised()).toEqual([ID]);
    expect(run.alarm(ID)).toMatchObject({
      ...{ priority: 'note', about: ['pump'] },
      detail: expect.stringMatching(/^on for 30 min that were watched, and Burner was not on; 0\.5 h are enough$/),
    });
  });

  it('is none where the burner was on, or the pump was off, in between', () => {
    for (const between of [running('on', '22', '22'), { ...running('off'), 'heating/pump/done': 'off' }]) {
      const run = runHeating(heatedHouse(soon));
      run.speak(minutes(20), running('off', '22', '22'));
      run.speak(10_000, between);
      run.speak(minutes(20), running('off', '22', '22'));
      expect(run.raised()).toEqual([]);
    }
  });

  it('counts no time in which nothing was heard', () => {
    const run = runHeating(heatedHouse(soon));
    run.speak(minutes(20), running('off', '22', '22'));
    run.run.pass(minutes(60));
    run.speak(minutes(5), running('off', '22', '22'));
    run.run.disconnect();
    run.run.pass(minutes(60));
    run.run.connect();
    run.speak(minutes(4), running('off', '22', '22'));
    expect(run.raised()).toEqual([]);
    run.speak(minutes(2), running('off', '22', '22'));
    expect(run.raised()).toEqual([ID]);
  });

  it('goes by the flow where no burner is known', () => {
    const house = heatedHouse(soon);
    const { burner: _, ...switches } = house.switches;
    const { heating = { publishes: [] }, ...clients } = house.clients;
    const publishes = heating.publishes.filter(id => id !== 'burner');
    const bare = { ...house, switches, clients: { ...clients, heating: { ...heating, publishes } } };
    const cold = runHeating(bare);
    cold.speak(minutes(31), { 'heating/pump/done': 'on', 'heating/flow': '29.9' });
    expect(cold.raised()).toEqual([ID]);
    expect(cold.alarm(ID)?.detail).toContain('and Flow stayed below 30 °C');
    const warm = runHeating(bare);
    warm.speak(minutes(31), { 'heating/pump/done': 'on', 'heating/flow': '30' });
    expect(warm.raised()).toEqual([]);
  });
});

describe('the bounds of an idle pump', () => {
  const idle = (ms: number, said: Said = {}) =>
    openRule(heatedHouse(soon), ID, { pump: 'on', burner: 'off', flow: 20 }).at(0).at(ms, said).judge();
  const none = { kind: 'not-so', value: null, againAt: null };

  it('are as many hours as are enough, to the millisecond', () => {
    expect(idle(minutes(30) - 1)).toMatchObject({ kind: 'not-so' });
    expect(idle(minutes(30))).toEqual({
      ...{ kind: 'so', value: '30 min' },
      detail: 'on for 30 min that were watched, and Burner was not on; 0.5 h are enough',
    });
  });

  it.each<[string, Said, object]>([
    ['a pump that is off', { pump: 'off' }, none],
    ['a burner that is on', { burner: 'on' }, none],
    ['a burner that is on, whatever the pump does', { burner: 'on', pump: null }, none],
    ['a pump that is off, whatever the burner does', { burner: null, pump: 'off' }, none],
    ['a pump that is not known', { pump: null }, { kind: 'unwatched', why: 'Pump was not heard since the link came' }],
    [
      'a burner that is not known',
      { burner: null },
      { kind: 'unwatched', why: 'Burner was not heard since the link came' },
    ],
  ])('are not reached by %s', (_, said, found) => {
    expect(idle(minutes(40), said)).toEqual(found);
  });
});
