import { describe, expect, it } from 'vitest';
import { openFrameWriter } from '../../../src/terminal/output/frame-writer.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { openFakeTty, turns } from '../../helpers/terminal/fake-tty.ts';
import { capabilitiesOf } from '../../helpers/terminal/frames.ts';

const capabilities = capabilitiesOf('xterm-256color');

describe('the frame writer', () => {
  it('paints the newest of the frames that came together, in one write', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    for (const frame of ['one', 'two', 'three']) writer.write(frame);
    await turns();
    expect(output.waiting).toEqual(['\u001b[m\u001b[H\u001b[Jthree']);
    expect(writer).toMatchObject({ framesReceived: 3, framesWritten: 1, bytesWritten: 14 });
  });

  it('keeps one write in flight and the newest frame, however long the line stalls', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    for (let n = 0; n < 1000; n += 1) {
      writer.write(`frame ${n}`);
      await turns(1);
      expect(output.waiting.length).toBeLessThanOrEqual(1);
    }
    expect(output.drain()).toContain('frame 0');
    await turns();
    expect(output.drain()).toBe('\b999');
    await turns();
    expect(output.waiting).toEqual([]);
  });

  it('sends nothing for an unchanged frame', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    writer.write('same');
    await turns();
    output.drain();
    writer.write('same');
    await turns();
    expect(output.waiting).toEqual([]);
    expect(writer.framesWritten).toBe(1);
  });

  it('sends only what differs from a frame that is on the terminal already', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities, shown: 'Flow\nReturn' });
    await turns();
    expect(output.waiting).toEqual([]);
    writer.write('Flow\nReturn 4');
    await turns();
    expect(output.drain()).toBe('\u001b[2;8H\u001b[m4');
    writer.repaint();
    await turns();
    expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[JFlow\r\nReturn 4');
  });

  it('clears and paints everything on repaint and after a resize, and tells Ink of the size', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    let sizes = '';
    writer.stream.on('resize', () => {
      sizes += `${writer.stream.columns}x${writer.stream.rows} `;
    });
    writer.write('hello');
    await turns();
    output.drain();
    writer.repaint();
    await turns();
    expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[Jhello');
    output.resize(4, 2);
    await turns();
    expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[Jhell');
    expect(sizes).toBe('4x2 ');
  });

  it('does not trust cursor and pen after someone sent a control sequence', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    writer.write('a1');
    await turns();
    output.drain();
    writer.send('\u001b[c');
    writer.write('a2');
    await turns();
    expect(output.drain()).toBe('\u001b[c\u001b[;2H\u001b[m2');
  });

  it('paints nothing while suspended, and everything when resumed', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    writer.suspend();
    writer.write('hidden');
    await turns();
    expect(output.waiting).toEqual([]);
    writer.resume();
    await turns();
    expect(output.drain()).toContain('hidden');
  });

  it('brackets a large frame in synchronized output where the terminal has it, and no small one', async () => {
    const output = openFakeTty(80, 24);
    const writer = openFrameWriter({ output, capabilities: { ...capabilities, hasSynchronizedOutput: true } });
    const text = Array.from({ length: 24 }, (_, y) => `line ${y} ${'abc'.repeat(20)}`).join('\n');
    writer.write(text);
    await turns();
    expect(output.drain()).toMatch(/^\u001b\[\?2026h.*\u001b\[\?2026l$/s);
    writer.write(text.replace('line 3', 'line x'));
    await turns();
    expect(output.drain()).not.toContain('2026');
  });

  it('paints what looks different when the capabilities turn out to be others', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities: { ...capabilities, colors: 1 } });
    writer.write('plain\n\u001b[31mred\u001b[39m');
    await turns();
    expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[Jplain\r\nred');
    writer.adapt({ ...capabilities, colors: 4 });
    await turns();
    expect(output.drain()).toBe('\r\u001b[31mred');
    writer.adapt({ ...capabilities, colors: 4, hasRepeat: true });
    await turns();
    expect(output.drain()).toBe('');
  });

  it('paints everything when the character set turns out to be another', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    writer.write('wärme');
    await turns();
    output.drain();
    writer.adapt({ ...capabilities, switchToUtf8: true });
    await turns();
    expect(output.drain()).toBe('\u001b[m\u001b[H\u001b[Jwärme');
  });

  it('says once that the terminal is gone, and writes no more', async () => {
    const output = openFakeTty(20, 3);
    const gone: string[] = [];
    const writer = openFrameWriter({ output, capabilities, onGone: error => gone.push(error.message) });
    writer.write('a');
    await turns();
    output.breakDown(new Error('write EIO'));
    writer.write('b');
    writer.repaint();
    await turns();
    await writer.flush();
    expect(gone).toEqual(['write EIO']);
    expect(output.waiting).toEqual([]);
    expect(writer.stream.destroyed).toBe(true);
  });

  it('resolves flush when the newest frame is through', async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    let isFlushed = false;
    writer.write('a');
    const flushed = writer.flush().then(() => {
      isFlushed = true;
    });
    await turns();
    expect(isFlushed).toBe(false);
    output.drain();
    await flushed;
    expect(isFlushed).toBe(true);
    await writer.flush();
  });

  it.each([
    [1, 1],
    [500, 200],
    [0, 0],
  ])('bears with a terminal of %i by %i', async (columns, rows) => {
    const output = openFakeTty(columns, rows);
    const writer = openFrameWriter({ output, capabilities });
    for (const text of ['漢字\n\u001b[31mab', 'x', '']) {
      writer.write(text);
      await turns();
      output.drain();
    }
    expect(writer.framesReceived).toBe(3);
  });

  it("calls back Ink's barrier without waiting for a stalled line", async () => {
    const output = openFakeTty(20, 3);
    const writer = openFrameWriter({ output, capabilities });
    writer.write('a');
    await turns();
    await new Promise<void>(resolve => void writer.stream.write('', resolve));
    expect(output.waiting).toHaveLength(1);
  });

  it('leaves the terminal with the newest frame when it was resized all the time', async () => {
    const output = openFakeTty(20, 5);
    const emulator = openEmulator(20, 5);
    await emulator.write('\u001b[?7l');
    const writer = openFrameWriter({ output, capabilities });
    for (let n = 1; n < 40; n += 1) {
      emulator.resize(n, 1 + (n % 7));
      output.resize(n, 1 + (n % 7));
      writer.write(`n${n}\nsecond line\nthird line`);
      await turns();
      await emulator.write(output.drain());
    }
    expect(emulator.text().trimEnd()).toBe('n39\nsecond line\nthird line');
  });
});
