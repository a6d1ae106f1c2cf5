import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rightsDesk } from '../../src/console/rights-desk.ts';

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

describe('a right that is given from the console', () => {
  it('is planned as the line that is missing, and nothing is written', async () => {
    const plan = await rightsDesk.plan(request('heating', 'write', 'heating/return'));
    expect(plan.ok && plan.value.join('\n')).toMatch(/\+.*topic write heating\/return/);
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  });

  it('is written as planned, and says that the broker is still to be told', async () => {
    const done = await rightsDesk.carryOut(request('heating', 'write', 'heating/return'));
    expect(done.ok && done.value).toMatch(/lets heating write heating\/return now.*sudo systemctl reload mosquitto$/);
    expect(readFileSync(file, 'utf8')).toBe(TEXT.replace('flow\n', 'flow\ntopic write heating/return\n'));
  });

  it('is not given where it would take more, where it is there, or where the file is broken', async () => {
    const refusal = async (...[user, access, topic]: Parameters<typeof request>): Promise<string> => {
      const wanted = request(user, access, topic);
      const [plan, done] = [await rightsDesk.plan(wanted), await rightsDesk.carryOut(wanted)];
      expect(done).toEqual(plan);
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

  it.runIf(process.getuid?.() !== 0)(
    'says beforehand that the file is not ours to change, and what to type',
    async () => {
      chmodSync(file, 0o440);
      const plan = await rightsDesk.plan(request('heating', 'write', 'heating/return'));
      expect(plan.ok ? '' : plan.error).toMatch(/your user has no permission. In a shell: sudo hometui acl allow /);
    },
  );
});
