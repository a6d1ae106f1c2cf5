import { expect, test } from 'vitest';
import { requireProgram } from '../helpers/require-program.ts';
import { type Column, runColumn, showTable } from '../helpers/verdicts/run.ts';

const column: Column = {
  broker: 'rabbitmq',
  asked: 'auto',
  protocol: '3.1.1',
  closesOnDenial: true,
  keepsRights: true,
  isShared: true,
};
const program = requireProgram('rabbitmq-server');

test.runIf(program !== null)(
  'every verdict is true with rabbitmq-server',
  async () => {
    const lines = await runColumn(column);
    showTable(lines);
    expect(lines.filter(line => line.mark === 'WRONG')).toEqual([]);
  },
  240_000,
);
