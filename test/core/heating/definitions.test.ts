import { describe, expect, it } from 'vitest';
import { createHouse } from '../../../src/core/house/house.ts';
import { builtInAlarmIds } from '../../../src/core/house/items/alarm-ids.ts';
import { heatedHouse, heatingAlarms, outsideHumidity, warmth } from '../../helpers/heating/heating-run.ts';

const idsOf = (config: ReturnType<typeof heatedHouse>): readonly string[] =>
  heatingAlarms(createHouse(config)).map(({ id }) => id);

describe('the rules of a house', () => {
  it('are those of the items that have a role', () => {
    expect(idsOf(heatedHouse())).toEqual([
      ...['heat-no-pump', 'heat-short-cycling', 'heat-reversed', 'heat-spread-small', 'heat-spread-large'],
      ...['heat-no-rise', 'heat-pump-idle', 'flow-frost', 'flow-hard-frost', 'return-frost', 'return-hard-frost'],
      ...['humidity-damp', 'flow-stuck', 'return-stuck', 'temperature-stuck', 'humidity-stuck'],
    ]);
  });

  it('are more where more is known', () => {
    const more = heatedHouse(
      { fuel: 'gas', underfloor: true },
      { outside: warmth('outside'), moist: outsideHumidity, wall: warmth('wall') },
    );
    const known = new Set(idsOf(heatedHouse()));
    expect(idsOf(more).filter(id => !known.has(id))).toEqual([
      ...['heat-no-condensing', 'heat-frost-outside', 'flow-hot', 'flow-too-hot'],
      ...['temperature-mould', 'temperature-condensation', 'humidity-airing', 'humidity-airing-wets'],
      ...['outside-stuck', 'wall-stuck', 'moist-stuck'],
    ]);
  });

  it('are none in a house without roles', () => {
    const house = heatedHouse();
    const bare = <Item extends object>(items: Readonly<Record<string, Item>>) =>
      Object.fromEntries(Object.entries(items).map(([id, item]) => [id, { ...item, role: undefined }]));
    expect(idsOf({ ...house, sensors: bare(house.sensors), switches: bare(house.switches) } as never)).toEqual([]);
  });

  it('can each be turned off in the house file', () => {
    const house = heatedHouse(
      { fuel: 'gas', underfloor: true },
      { outside: warmth('outside'), moist: outsideHumidity, wall: warmth('wall'), room: warmth('room') },
    );
    const known = new Set(builtInAlarmIds(house));
    for (const id of idsOf(house)) expect(known.has(id), id).toBe(true);
    const alarms = Object.fromEntries(idsOf(house).map(id => [id, { off: true } as const]));
    expect(idsOf({ ...house, alarms })).toEqual([]);
  });

  it('have names of their own, a source and what they are about', () => {
    const house = heatedHouse({ fuel: 'oil' }, { outside: warmth('outside'), wall: warmth('wall') });
    const second = { label: 'Second', command: 'x', feedback: 'y', on: '1', off: '0', role: 'burner' as const };
    const all = heatingAlarms(createHouse({ ...house, switches: { ...house.switches, second } }));
    expect(all.map(({ id }) => id)).toContain('heat-short-cycling-second');
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, source, about, label } of all) {
      expect(source, id).toMatch(/.{20}/);
      expect(about.length, id).toBeGreaterThan(0);
      expect(label.length, id).toBeLessThanOrEqual(60);
    }
  });
});
