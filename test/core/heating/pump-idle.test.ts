import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';

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
