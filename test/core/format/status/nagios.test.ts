import { describe, expect, it } from 'vitest';
import { nagiosText } from '../../../../src/core/format/status/nagios.ts';
import { takeSnapshot } from '../../../../src/core/format/status-snapshot.ts';
import { runHouse } from '../../../helpers/house/house-run.ts';
import { kindsHouse } from '../../../helpers/house/kinds-house.ts';

describe('the performance data of a set-point', () => {
  const { target } = kindsHouse.numbers ?? {};
  if (target === undefined) throw new Error('the house has a set-point');
  const dataOf = (run: ReturnType<typeof runHouse>): string | undefined =>
    /'target'=\S+/.exec(nagiosText(takeSnapshot(run.state), run.state.house))?.[0];

  it('is where it stands, between the least and the most that it can be set to', () => {
    const run = runHouse(kindsHouse);
    run.connect();
    expect(dataOf(run)).toBe("'target'=U;;;5;30");
    run.receive('heater/target', '21.5');
    expect(dataOf(run)).toBe("'target'=21.5;;;5;30");
    const share = runHouse({ ...kindsHouse, numbers: { target: { ...target, unit: '%' } } });
    share.connect();
    share.receive('heater/target', '22');
    expect(dataOf(share)).toBe("'target'=22%;;;5;30");
  });

  it('is unknown where that is not of now', () => {
    const run = runHouse(kindsHouse);
    run.connect();
    run.receive('heater/target', '21.5');
    run.pass(3_600_000);
    expect(dataOf(run)).toBe("'target'=U;;;5;30");
  });

  it('is of no other item', () => {
    const run = runHouse(kindsHouse);
    run.connect();
    run.receive('heater/mode', 'heat');
    run.receive('door/contact', 'open');
    const [line = ''] = nagiosText(takeSnapshot(run.state), run.state.house).split('\n');
    expect([...line.matchAll(/'(\w+)'=/g)].map(([, id]) => id)).toEqual(['room', 'power', 'fan', 'target']);
  });
});
