import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RightsDesk } from '../../../src/console/rights/give-right.ts';
import { openRightsDesk } from '../../../src/console/rights/rights-desk.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import { systemClock } from '../../../src/io/clock.ts';
import type { RightPlan } from '../../../src/ui/state/app-state.ts';
import { mosquittoProgram } from '../../helpers/brokers/try-start.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const isPossible = requireProgram('mosquitto') !== null;
const TEXT = '# rights\nuser heating\ntopic write heating/flow\n\nuser guest\ntopic deny heating/#\ntopic read #\n';
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-rights-'));
  file = join(folder, 'acl');
  writeFileSync(file, TEXT, { mode: 0o640 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = (user: string, access: 'read' | 'write', topic: string) => ({ user, access, topic, file });

/** With a mosquitto of this name in its path; none without. */
function openDesk(script: string | null = null, clock = systemClock()): RightsDesk {
  if (presets.article === undefined) throw new Error('there is no article');
  if (script !== null) writeFileSync(join(folder, 'mosquitto'), script, { mode: 0o755 });
  return openRightsDesk({ house: createHouse(presets.article), clock, random: Math.random, searchPath: folder });
}

const realBroker = (): string => `#!/bin/sh\nexec ${mosquittoProgram()} "$@"\n`;

async function planned(desk: RightsDesk, ...wanted: Parameters<typeof request>): Promise<RightPlan> {
  const plan = await desk.plan(request(...wanted));
  if (!plan.ok) throw new Error(plan.error);
  return plan.value;
}

describe('a right that is given from the console', () => {
  it('is planned as the line that is missing, and nothing is written', async () => {
    const { diff } = await planned(openDesk(), 'heating', 'write', 'heating/return');
    expect(diff.join('\n')).toMatch(/\+.*topic write heating\/return/);
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  });

  it('is written as planned, and says that the broker is still to be told', async () => {
    const desk = openDesk();
    const plan = await planned(desk, 'heating', 'write', 'heating/return');
    const done = await desk.carryOut(plan, 'mosquitto 2.0.11, 9 of 9 answers as the file says');
    expect(done).toMatchObject({
      value: {
        text: expect.stringMatching(/lets heating write heating\/return now\. Tried before: mosquitto 2.0.11, 9 of 9 /),
        command: 'sudo systemctl reload mosquitto',
      },
    });
    expect(readFileSync(file, 'utf8')).toBe(TEXT.replace('flow\n', 'flow\ntopic write heating/return\n'));
  });

  it('is not tried where nothing can be laid ready for that, which is said', async () => {
    const desk = openDesk('#!/bin/sh\necho mosquitto version 2.0.11\n');
    const plan = await planned(desk, 'heating', 'write', 'heating/return');
    vi.stubEnv('TMPDIR', join(folder, 'none'));
    const news = await desk.attempt(plan, () => {});
    vi.unstubAllEnvs();
    const why = 'the folder for temporary files cannot be used: there is no such file';
    expect(news).toEqual({ kind: 'untried', why });
  });

  it('is not given where it would take more, where it is there, or where the file is broken', async () => {
    const desk = openDesk();
    const refusal = async (...wanted: Parameters<typeof request>): Promise<string> => {
      const plan = await desk.plan(request(...wanted));
      return plan.ok ? 'planned' : plan.error;
    };
    expect(await refusal('heating', 'write', 'heating/flow')).toContain('allows it already');
    expect(await refusal('guest', 'read', 'heating/flow')).toMatch(
      /It takes more than this one right.*hometui acl allow .* --dry-run$/,
    );
    writeFileSync(file, `${TEXT}Topic read x\n`);
    expect(await refusal('heating', 'write', 'heating/return')).toMatch(
      /acl:8: "Topic" is no keyword.*run this again.$/,
    );
  });

  it('is not written into a file that was changed since it was shown', async () => {
    const desk = openDesk(realBroker());
    const plan = await planned(desk, 'heating', 'write', 'heating/return');
    const other = `${TEXT}user new\ntopic read x\n`;
    writeFileSync(file, other);
    expect(await desk.carryOut(plan, null)).toMatchObject({ ok: false, error: expect.stringContaining('meanwhile') });
    expect(await desk.attempt(plan, () => {})).toMatchObject({ kind: 'said', isGood: false });
    expect(readFileSync(file, 'utf8')).toBe(other);
  });

  it.runIf(isPossible)('is tried on a mosquitto of its own, which leaves nothing', { timeout: 30_000 }, async () => {
    const desk = openDesk(realBroker());
    const plan = await planned(desk, 'heating', 'write', 'heating/return');
    const says: string[] = [];
    const news = await desk.attempt(plan, text => says.push(text));
    // heating and guest on the ten topics of the house, both ways.
    expect(news).toEqual({
      kind: 'proven',
      says: expect.stringMatching(/^mosquitto 2\.\S+, 40 of 40 answers as the file says$/),
    });
    expect(says).toEqual([
      expect.stringMatching(/^Starting a mosquitto 2/),
      expect.stringMatching(/^Trying 2 users on 10 topics, with mosquitto 2/),
    ]);
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  });

  it('is not tried without a mosquitto, nor for ever, and can be broken off', { timeout: 30_000 }, async () => {
    const none = openDesk(`#!/bin/sh\nexit 1\n`);
    const plan = await planned(none, 'heating', 'write', 'heating/return');
    expect(await none.attempt(plan, () => {})).toEqual({
      kind: 'untried',
      why: 'no mosquitto is installed on this machine',
    });
    const slow = '#!/bin/sh\n[ "$1" = -h ] && echo "mosquitto version 2.0.11" && exit 0\nexec sleep 60\n';
    const clock = createFakeClock();
    // As often as the broker is looked after.
    const passing = setInterval(() => clock.advance(20), 1);
    try {
      const late = openDesk(slow, clock);
      expect(await late.attempt(plan, () => clock.advance(21_000))).toEqual({
        kind: 'untried',
        why: 'it took longer than 20 s',
      });
      const stopped = openDesk(slow, clock);
      expect(await stopped.attempt(plan, stopped.stop)).toBeNull();
      expect(await openDesk(slow, clock).attempt(plan, () => {})).toEqual({
        kind: 'untried',
        why: 'mosquitto 2.0.11 did not come up within 10 s',
      });
    } finally {
      clearInterval(passing);
    }
  });

  it('is not written where the broker does not start with it, whose words are shown', async () => {
    const refusing =
      '#!/bin/sh\n[ "$1" = -h ] && echo "mosquitto version 2.0.11" && exit 0\necho "1: Error: Invalid line in acl_file."; exit 3\n';
    const desk = openDesk(refusing);
    const plan = await planned(desk, 'heating', 'write', 'heating/return');
    expect(await desk.attempt(plan, () => {})).toEqual({
      ...{ kind: 'said', isGood: false },
      command: null,
      text: 'mosquitto 2.0.11 does not start with it, and nothing was written. It says: 1: Error: Invalid line in acl_file.',
    });
  });

  it.runIf(process.getuid?.() !== 0)(
    'says beforehand that the file is not ours to change, and what to type',
    async () => {
      chmodSync(file, 0o440);
      const plan = await openDesk().plan(request('heating', 'write', 'heating/return'));
      expect(plan.ok ? '' : plan.error).toMatch(/your user has no permission. In a shell: sudo hometui acl allow /);
    },
  );
});
