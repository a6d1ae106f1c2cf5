import { expect, it } from 'vitest';
import { openFrameWriter } from '../../../src/terminal/output/frame-writer.ts';
import { openWriterTurn } from '../../../src/terminal/output/writer-turn.ts';
import { openFakeTty, turns } from '../../helpers/terminal/fake-tty.ts';
import { capabilitiesOf } from '../../helpers/terminal/frames.ts';

it('ends the frames of one that draws, and leaves the terminal to the next', async () => {
  const output = openFakeTty(20, 3);
  const writer = openFrameWriter({ output, capabilities: capabilitiesOf('xterm-256color') });
  const first = openWriterTurn(writer);
  let sizes = 0;
  first.stream.on('resize', () => {
    sizes += 1;
  });
  first.write('first');
  await turns();
  expect(output.drain()).toContain('first');
  output.resize(10, 2);
  await turns();
  output.drain();
  expect([sizes, first.stream.columns, first.stream.rows]).toEqual([1, 10, 2]);
  first.close();
  first.write('late');
  first.stream.write('later');
  first.repaint();
  first.send('\u0007');
  output.resize(20, 3);
  await turns();
  expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[Jfirst');
  expect([sizes, first.stream.destroyed]).toEqual([1, true]);
  const second = openWriterTurn(writer);
  second.stream.write('second');
  second.send('\u0007');
  await turns();
  expect(output.drain()).toMatch(/\u0007[\s\S]*second|second[\s\S]*\u0007/);
  writer.close();
  expect(second.stream.destroyed).toBe(true);
});
