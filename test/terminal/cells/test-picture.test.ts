import { describe, expect, it } from 'vitest';
import { testPicture } from '../../../src/terminal/cells/test-picture.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';

describe('the test picture', () => {
  it('has a row for each rung of glyphs and each depth of colour', () => {
    expect(testPicture().map(({ name }) => name)).toEqual([
      'full',
      'wgl4',
      'linux',
      'ascii',
      '16',
      '256',
      '24 bit',
      'style',
    ]);
  });

  it('fits into 70 columns and leaves no colour behind', async () => {
    const emulator = openEmulator(70, 9);
    await emulator.write(
      testPicture()
        .map(({ text }) => `${text}\r\n`)
        .join(''),
    );
    const lines = emulator.text().split('\n');
    expect(lines[0]).toMatch(/^▁▂▃▄▅▆▇█ {2}╭─┬─╮/);
    expect(lines[3]).toMatch(/^[\u0020-\u007e]+$/);
    expect(lines[7]).toBe('bold dim underline inverse');
    expect(emulator.cursor).toEqual({ x: 0, y: 8 });
    await emulator.write('x');
    expect(emulator.cellAt(0, 8).style).toEqual({ foreground: -1, background: -1, attributes: 0 });
    expect(emulator.cellAt(15, 4).style.background).toBe(15);
  });
});
