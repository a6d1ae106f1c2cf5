import { expect, test } from 'vitest';
import { requireProgram } from '../helpers/require-program.ts';
import { type Column, runColumn, showTable } from '../helpers/verdicts/run.ts';

const column: Column = {
  broker: 'nats',
  asked: 'auto',
  protocol: '3.1.1',
  kicks: true,
  restartsQuickly: true,
  hasLog: true,
};
const program = requireProgram('nats-server');

test.runIf(program !== null)(
  'every verdict is true with nats-server',
  async () => {
    const lines = await runColumn(column);
    showTable(lines);
    expect(lines.filter(line => line.mark === 'WRONG')).toEqual([]);
  },
  90_000,
);
