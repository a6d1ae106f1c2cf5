import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { watchStandardStreams } from '../../../src/terminal/device/dead-terminal.ts';
import { openFarEnd } from '../../helpers/lifecycle/far-end.ts';

it('closes a terminal that has hung up, and nothing else', async () => {
  const farEnd = await openFarEnd(['/bin/sleep', '1000']);
  // Without the flag it might become the terminal of this process.
  const terminal = openSync(farEnd.device, constants.O_RDWR | constants.O_NOCTTY);
  const file = openSync('/dev/null', 'r');
  const closeDead = watchStandardStreams([terminal, file]);
  closeDead();
  expect(fstatSync(terminal).isCharacterDevice()).toBe(true);
  await farEnd.close();
  const isClosed = (): boolean => {
    closeDead();
    return !isOpen(terminal);
  };
  await expect.poll(isClosed, { timeout: 5_000 }).toBe(true);
  expect(isOpen(file)).toBe(true);
  closeSync(file);
});

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}
