import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether a time server has set the clock of this machine since it was started; `unknown` where nobody tells. */
export type TimeSync = 'yes' | 'no' | 'unknown';

/** systemd-timesyncd makes it with the first answer of a time server (systemd-timesyncd.service(8)). */
const SYNCHRONIZED = '/run/systemd/timesync/synchronized';
/** A chip that keeps the time while the machine is off: a Raspberry Pi up to the fourth has none. */
const CLOCK_CHIP = '/sys/class/rtc/rtc0';
/** The bus answers in milliseconds, ms. */
const LIMIT_MS = 2_000;

/**
 * Looks, as any user may. A clock with a chip is not asked for: it is right as far as anybody knows. Without one systemd is
 * asked, which knows what the kernel knows, whoever sets the clock (adjtimex(2), STA_UNSYNC).
 */
export function readTimeSync(): TimeSync | Promise<TimeSync> {
  if (existsSync(SYNCHRONIZED)) return 'yes';
  if (existsSync(CLOCK_CHIP) || !existsSync('/run/systemd/system')) return 'unknown';
  return new Promise(resolve => {
    const args = ['show', '--property=NTPSynchronized', '--value'];
    execFile('timedatectl', args, { timeout: LIMIT_MS }, (error, stdout) => {
      if (error !== null) resolve('unknown');
      else resolve(stdout.trim() === 'yes' ? 'yes' : 'no');
    });
  });
}
