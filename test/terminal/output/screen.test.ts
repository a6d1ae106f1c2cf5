import { describe, expect, it } from 'vitest';
import { createFramePainter } from '../../../src/terminal/output/frame-painter.ts';
import { openScreen } from '../../../src/terminal/output/screen.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { capabilitiesOf } from '../../helpers/terminal/frames.ts';

const xterm = capabilitiesOf('xterm-256color');

describe('the screen', () => {
  it('is entered and left so that the terminal is as before', async () => {
    const emulator = openEmulator(20, 4);
    await emulator.write('$ hometui\r\n');
    const before = { cursor: emulator.cursor, text: emulator.text(), modes: { ...emulator.modes } };
    const sent: string[] = [];
    const screen = openScreen({ capabilities: xterm, send: text => sent.push(text) });
    await emulator.write(sent.splice(0).join(''));
    expect(emulator.isAlternate).toBe(true);
    expect(emulator.modes).toMatchObject({ bracketedPasteMode: true, wraparoundMode: false });
    expect(screen.isEntered).toBe(true);
    screen.leave();
    await emulator.write(`\u001b[31mhalf a fra\u001b[3${sent.join('')}`);
    expect(emulator.isAlternate).toBe(false);
    expect({ cursor: emulator.cursor, text: emulator.text(), modes: { ...emulator.modes } }).toEqual(before);
    await emulator.write('x');
    expect(emulator.cellAt(0, 1).style.foreground).toBe(-1);
  });

  it.each([
    ['rows that scroll', '\u001b[3;5r'],
    ['insert mode', '\u001b[4h'],
    ['the character set of lines', '\u001b(0'],
    ['that set shifted in', '\u001b)0\u000e'],
    ['the cursor counted from those rows', '\u001b[3;5r\u001b[?6h'],
    ['a colour and a wrap', '\u001b[41m\u001b[?7h'],
  ])('is right in a terminal that was left with %s', async (_, mess) => {
    const emulator = openEmulator(30, 8);
    // On the screen that it was left with: some terminals keep such things for each screen, and some do not.
    const capabilities = { ...xterm, hasAlternateScreen: false };
    const painter = createFramePainter(capabilities);
    await emulator.write(mess);
    openScreen({ capabilities, send: text => void emulator.write(text) });
    const rows = Array.from({ length: 8 }, (_, y) => `${y} quiet lines in frames`);
    const frames = [rows, rows.map((row, y) => (y % 2 === 1 ? row.replace('i', 'u') : row)), ['', ...rows.slice(0, 7)]];
    for (const frame of frames) {
      await emulator.write(painter.paint(frame.join('\n'), 30, 8));
      expect(emulator.text().split('\n')).toEqual(frame);
    }
  });

  it('asks the mouse to report where it is wanted, and gives that back, for a while too', async () => {
    const emulator = openEmulator(20, 4);
    const screen = openScreen({ capabilities: { ...xterm, hasMouse: true }, send: text => void emulator.write(text) });
    const mode = async (): Promise<string> => {
      await emulator.write('');
      return emulator.modes.mouseTrackingMode;
    };
    expect(await mode()).toBe('vt200');
    screen.suspend();
    expect(await mode()).toBe('none');
    screen.resume();
    expect(await mode()).toBe('vt200');
    screen.leave();
    expect(await mode()).toBe('none');
  });

  it('is left once', () => {
    const sent: string[] = [];
    const screen = openScreen({ capabilities: xterm, send: text => sent.push(text) });
    screen.leave();
    screen.leave();
    screen.suspend();
    screen.resume();
    expect(sent).toHaveLength(2);
    expect(screen.isEntered).toBe(false);
  });

  it('gives the terminal back while suspended', () => {
    const sent: string[] = [];
    const screen = openScreen({ capabilities: xterm, send: text => sent.push(text) });
    screen.suspend();
    expect(screen.isEntered).toBe(false);
    screen.suspend();
    screen.resume();
    expect(sent).toEqual([sent[0], expect.stringContaining('\u001b[?1049l'), sent[0]]);
    screen.suspend();
    screen.leave();
    expect(sent).toHaveLength(4);
  });

  it('switches a PuTTY in ISO-8859-1 to UTF-8 and back', () => {
    const sent: string[] = [];
    const screen = openScreen({ capabilities: xterm, send: text => sent.push(text) });
    expect(sent[0]).not.toContain('\u001b%G');
    screen.adapt({ ...xterm, switchToUtf8: true });
    screen.leave();
    expect(sent.slice(1)).toEqual(['\u001b%G', expect.stringMatching(/\u001b%@$/)]);
  });

  it('sends a VT100 nothing that it does not know, and clears it at the end', () => {
    const sent: string[] = [];
    openScreen({ capabilities: capabilitiesOf('vt100'), send: text => sent.push(text) }).leave();
    expect(sent.join('')).not.toMatch(/1049|2004|%/);
    expect(sent[1]).toContain('\u001b[H\u001b[J');
  });
});
