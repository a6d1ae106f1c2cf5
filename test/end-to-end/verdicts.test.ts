import { describe, expect, test } from 'vitest';
import { requireProgram } from '../helpers/require-program.ts';
import { type Column, runColumn, showTable } from '../helpers/verdicts/run.ts';

const mosquitto = {
  broker: 'mosquitto',
  kicks: true,
  hasLog: true,
  hasAclFile: true,
  restartsQuickly: true,
  freezes: true,
} as const;

const columns: readonly Column[] = [
  { ...mosquitto, asked: '5', protocol: '5' },
  { ...mosquitto, asked: '311', protocol: '3.1.1' },
  { broker: 'embedded', asked: 'auto', protocol: '3.1.1', restartsQuickly: true },
];

const program = requireProgram('mosquitto');

describe('every verdict is true', () => {
  for (const column of columns) {
    test.runIf(column.broker === 'embedded' || program !== null)(
      `with ${column.broker} and MQTT ${column.protocol}`,
      async () => {
        const lines = await runColumn(column);
        showTable(lines);
        expect(lines.filter(line => line.mark === 'WRONG')).toEqual([]);
      },
      90_000,
    );
  }
});
