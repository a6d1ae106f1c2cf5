import { expect, test } from 'vitest';
import { requireFetched } from '../helpers/require-program.ts';
import { type Column, runColumn, showTable } from '../helpers/verdicts/run.ts';

const column: Column = {
  broker: 'mochi',
  asked: 'auto',
  protocol: '5',
  hidesDesertion: true,
  restartsQuickly: true,
};
const program = requireFetched('HOMETUI_TEST_MOCHI', 'mochi-mqtt');

test.runIf(program !== null)(
  'every verdict is true with mochi-mqtt',
  async () => {
    const lines = await runColumn(column);
    showTable(lines);
    expect(lines.filter(line => line.mark === 'WRONG')).toEqual([]);
  },
  240_000,
);
