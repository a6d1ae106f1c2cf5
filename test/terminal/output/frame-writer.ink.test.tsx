import { Box, render, Text } from 'ink';
import { useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { openFrameWriter } from '../../../src/terminal/output/frame-writer.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { openFakeTty, turns } from '../../helpers/terminal/fake-tty.ts';
import { capabilitiesOf } from '../../helpers/terminal/frames.ts';

/** What the app under test can be told from outside. */
interface Remote {
  count: (n: number) => void;
}

function Counter({ remote }: { readonly remote: Remote }) {
  const [n, setN] = useState(0);
  useEffect(() => {
    remote.count = setN;
  }, [remote]);
  return (
    <Box borderStyle="round" width="100%" height={4} flexDirection="column">
      <Text color="green">count {n}</Text>
      <Text>wide 漢字</Text>
    </Box>
  );
}

function openScreen(columns: number, rows: number) {
  const output = openFakeTty(columns, rows);
  const emulator = openEmulator(columns, rows);
  const writes: string[] = [];
  output.flow(text => writes.push(text));
  const writer = openFrameWriter({ output, capabilities: capabilitiesOf('xterm-256color') });
  const remote: Remote = { count: () => {} };
  const handedOver: string[] = [];
  const { write } = writer.stream;
  writer.stream.write = (frame, ...rest) => {
    handedOver.push(frame);
    return write(frame, ...rest);
  };
  const app = render(<Counter remote={remote} />, {
    stdout: writer.stream as unknown as NodeJS.WriteStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
  });
  const show = async () => {
    await turns(4);
    await emulator.write(writes.splice(0).join(''));
    return emulator.text().trimEnd();
  };
  return { output, emulator, writer, writes, remote, app, show, handedOver };
}

/** The one thing that Ink 8 writes beside frames, when it ends; the writer must not take it for one. */
const SHOW_CURSOR = '\u001b[?25h';

describe('Ink on the frame writer', () => {
  it('hands over whole frames, of which only the changes reach the terminal', async () => {
    const { remote, writes, show, app } = openScreen(20, 6);
    const border = (line: string) => `│${line.padEnd(18)}│`;
    expect(await show()).toBe(
      `╭${'─'.repeat(18)}╮\n${border('count 0')}\n${border('wide 漢字').replace('  │', '│')}\n╰${'─'.repeat(18)}╯`,
    );
    remote.count(7);
    await turns(4);
    expect(writes).toEqual(['\u001b[2;8H7']);
    expect(await show()).toContain('count 7');
    app.unmount();
  });

  it('lays out anew when the terminal is resized', async () => {
    const { output, emulator, show, app } = openScreen(30, 6);
    await show();
    emulator.resize(16, 5);
    output.resize(16, 5);
    expect((await show()).split('\n')[0]).toBe(`╭${'─'.repeat(14)}╮`);
    app.unmount();
  });

  it('writes whole frames only: text, colours and line ends, no cursor moves and no clears', async () => {
    const { output, writer, remote, show, app, handedOver } = openScreen(30, 6);
    await show();
    remote.count(1);
    await show();
    output.resize(20, 5);
    await show();
    app.unmount();
    await app.waitUntilExit();
    expect(handedOver.length).toBeGreaterThan(2);
    const frames = handedOver.filter(text => text !== '' && text !== SHOW_CURSOR);
    for (const frame of frames) expect(frame.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[^\P{Control}\n]/u);
    expect(writer.framesReceived).toBe(frames.length);
  });

  it('writes nothing at the end when the writer was closed before', async () => {
    const { writes, writer, show, app } = openScreen(30, 6);
    await show();
    writer.close();
    app.unmount();
    await app.waitUntilExit();
    await turns(4);
    expect(writes).toEqual([]);
  });
});
