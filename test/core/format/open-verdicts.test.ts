import { expect, it } from 'vitest';
import { openVerdictLines } from '../../../src/core/format/open-verdicts.ts';
import { NOON, runHouse } from '../../helpers/house/house-run.ts';

it('says of each command without a verdict what is known of it', () => {
  const run = runHouse();
  run.connect();
  expect(openVerdictLines(run.state, NOON)).toEqual([]);
  const pump = run.request('pump', 'on');
  run.request('fan', 'off');
  run.acknowledge(pump.commandId);
  expect(openVerdictLines(run.state, NOON + 1_500)).toEqual([
    expect.stringMatching(
      /^2026-01-01T12:00:01\.500Z Pump on was sent to mqtt:\/\/localhost:1883 as monitor, the broker took it; hometui ended 1 s later, its verdict still open: look at the device$/,
    ),
    expect.stringContaining('Fan off was sent to mqtt://localhost:1883 as monitor, the broker had not acknowledged it'),
  ]);
});

it('never says that a command waited for less than nothing: clocks may disagree', () => {
  const run = runHouse();
  run.connect();
  run.request('pump', 'on');
  expect(openVerdictLines(run.state, NOON - 5_000)[0]).toContain('hometui ended 0 ms later');
});
