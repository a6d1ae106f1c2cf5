import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Keeps each object for a while, as a program does that is loading. */
const SOURCE = `
const { getHeapSpaceStatistics } = require('node:v8');
const kept = [];
for (let round = 0; round < 400_000; round += 1) kept.push({ round, text: String(round) });
const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
console.log(JSON.stringify({ size: space.space_size, kept: kept.length }));
`;

function newSpaceAfter(prelude: string): number {
  const output = execFileSync(process.execPath, ['-e', `${prelude}\n${SOURCE}`], { encoding: 'utf8' });
  return (JSON.parse(output) as { readonly size: number }).size;
}

describe('the memory of a console', () => {
  it('does not grow where new objects are made', () => {
    const source = join(import.meta.dirname, '../../src/io/memory.ts');
    const flag = /setFlagsFromString\('([^']+)'\)/.exec(readFileSync(source, 'utf8'))?.[1] ?? '';
    const left = newSpaceAfter('');
    const kept = newSpaceAfter(`require('node:v8').setFlagsFromString('${flag}');`);
    expect(kept).toBeLessThanOrEqual(4 * 1_048_576);
    expect(left).toBeGreaterThan(2 * kept);
  });
});
