import { expect, test } from 'vitest';
import { requireFetched } from '../helpers/require-program.ts';
import { type Column, runColumn, showTable } from '../helpers/verdicts/run.ts';

const column: Column = {
  broker: 'amqtt',
  asked: 'auto',
  protocol: '3.1.1',
};
const program = requireFetched('HOMETUI_TEST_AMQTT_PYTHON', 'amqtt');

test.runIf(program !== null)(
  'every verdict is true with amqtt',
  async () => {
    const lines = await runColumn(column);
    showTable(lines);
    expect(lines.filter(line => line.mark === 'WRONG')).toEqual([]);
  },
  240_000,
);
