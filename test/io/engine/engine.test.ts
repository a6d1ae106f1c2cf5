import { expect, it } from 'vitest';
import { parseEngineAddress } from '../../../src/core/engine/address.ts';
import { openEngine } from '../../../src/io/engine/engine.ts';

it('tells what an engine says of a refusal on one line, without what moves a cursor, and not without an end', async () => {
  const address = parseEngineAddress('http://pi:8086/write?db=hometui');
  if (!address.ok) throw new Error(address.error.message);
  const write = (text: string) =>
    openEngine(address.value, async () => ({ isAnswer: true, status: 500, text, retryAfterMs: null })).write('x');
  expect(await write('no\n\u001b[2Jroom')).toEqual({
    ...{ kind: 'failed', why: 'it answers 500: no \ufffd[2Jroom', mayBeDone: true, retryAfterMs: null },
  });
  expect(await write('x'.repeat(1e6))).toMatchObject({ why: `it answers 500: ${'x'.repeat(199)}…` });
});
