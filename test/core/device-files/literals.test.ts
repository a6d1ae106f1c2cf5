import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commentText, cText, pythonBytes, pythonText, yamlText } from '../../../src/core/device-files/literals.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const python = requireProgram('python3');
const gcc = requireProgram('cc', 'gcc');
/** What one escape, taken for another, would spoil. */
const PARTS = [
  '"',
  "'",
  '\\',
  '$',
  '$'.concat('{a}'),
  '%s',
  '??=',
  '??/',
  ':',
  ' ',
  '\t',
  '\u0001',
  'a',
  'F',
  '0',
  '7',
  'ü',
  'ß',
  '€',
  '🏠',
  '\u2028',
  '\u0085',
  '\ufeff',
  '#',
  ';',
  '{',
  '\\x41',
  '\\101',
  '*/',
  '//',
  '\n',
];

/** The same texts in each run. */
function texts(count: number): readonly string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () =>
    Array.from({ length: random.below(12) }, () => PARTS[random.below(PARTS.length)] ?? '').join(''),
  );
}

function hexOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex');
}

describe('literals', () => {
  const all = texts(2_000);

  it.runIf(python !== null)('are what Python reads', () => {
    const script = `import ast, sys
for line in sys.stdin.read().splitlines():
    value = ast.literal_eval(line)
    print((value if isinstance(value, bytes) else value.encode()).hex())`;
    for (const literal of [pythonBytes, pythonText]) {
      const { stdout } = spawnSync(python ?? '', ['-c', script], {
        input: `${all.map(literal).join('\n')}\n`,
        encoding: 'utf8',
      });
      expect(stdout.split('\n').slice(0, -1)).toEqual(all.map(hexOf));
    }
  });

  it.runIf(gcc !== null)('are what C reads, trigraphs and all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-literals-'));
    const program = `#include <stdio.h>
static const struct { const char *text; unsigned long size; } all[] = {
${all.map(text => `{ ${cText(text)}, sizeof ${cText(text)} - 1 },`).join('\n')}
};
int main(void) {
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
    for (unsigned long j = 0; j < all[i].size; j++) printf("%02x", (unsigned char)all[i].text[j]);
    puts("");
  }
}`;
    writeFileSync(join(folder, 'all.c'), program);
    const { stderr } = spawnSync(gcc ?? '', ['-std=c99', '-trigraphs', '-o', 'all', 'all.c'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const { stdout } = spawnSync(join(folder, 'all'), { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout.split('\n').slice(0, -1)).toEqual(all.map(hexOf));
  });

  it.runIf(python !== null)('are what YAML reads', () => {
    const hasYaml = spawnSync(python ?? '', ['-c', 'import yaml']).status === 0;
    if (!hasYaml) {
      if (process.env.CI === 'true') throw new Error('PyYAML is not installed (Debian: apt-get install python3-yaml)');
      process.stderr.write('\n!!! SKIPPED: PyYAML is not installed\n\n');
      // Those without control characters are JSON too, which YAML 1.2 has in it.
      const plain = all.filter(text => /^[ -~ü€]*$/.test(text));
      expect(plain.map(text => JSON.parse(yamlText(text)) as unknown)).toEqual(plain);
      return;
    }
    const script = `import sys, yaml
for line in sys.stdin.read().splitlines():
    print(yaml.safe_load("a: " + line)["a"].encode().hex())`;
    const { stdout, stderr } = spawnSync(python ?? '', ['-c', script], {
      input: `${all.map(yamlText).join('\n')}\n`,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout.split('\n').slice(0, -1)).toEqual(all.map(hexOf));
  });
});

it('leaves as it is what is shown on every terminal, and writes all else as its escape', () => {
  const text = '\u001f ~\u007f"\\?';
  expect(pythonBytes(text)).toBe(String.raw`b"\x1f ~\x7f\"\\?"`);
  expect(cText(text)).toBe(String.raw`"\037 ~\177\"\\\?"`);
  for (const write of [pythonText, yamlText]) {
    expect(write(text)).toBe(String.raw`"\u001f ~\u007f\"\\?"`);
    expect(write('\uffff🏠')).toBe(String.raw`"\uffff\U0001f3e0"`);
  }
});

it('a comment keeps its words and ends where its line ends', () => {
  expect(commentText('Flow \\ of\n the\u2028 heating, °C')).toBe('Flow   of  the  heating, °C');
});
