import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Issue } from '../../../../src/core/issue.ts';
import { lintExitCode } from '../../../../src/core/mosquitto/lint/acl-lint.ts';
import { CLEAN, expectedOf, findInTrap, TRAPS, unpackTrap } from '../../../helpers/brokers/acl-traps.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function unpack(kind: 'traps' | 'clean', name: string): string {
  const folder = unpackTrap(kind, name);
  folders.push(folder);
  return folder;
}

describe('acl check on each trap', () => {
  it.each(TRAPS)('finds %s with its line, and nothing else', name => {
    const expected = expectedOf(name);
    const folder = unpack('traps', name);
    const found = findInTrap(folder, name);
    const short = found.map(({ place, severity }) => ({
      file: place?.file.replace(`${folder}/`, ''),
      line: place?.line ?? null,
      severity,
    }));
    const wanted = expected.findings.map(({ file, line, severity }) => ({ file, line, severity }));
    expect(short, JSON.stringify(found, null, 1)).toHaveLength(wanted.length);
    expect(short).toEqual(expect.arrayContaining(wanted));
    for (const { says } of expected.findings)
      expect(
        found.some(issue => issue.message.includes(says)),
        says,
      ).toBe(true);
    for (const issue of found) expect(issue.cure).toBeTruthy();
    expect(lintExitCode(found)).toBe(wanted.some(finding => finding.severity === 'error') ? 2 : 1);
  });

  it.each(CLEAN)('finds nothing in the clean set %s', name => {
    expect(findInTrap(unpack('clean', name), name)).toEqual([]);
  });

  /** Changed only where a change means to change what is said (`vitest -u`), and read again then. */
  it('says of all of them what is wrong and what to write, for each version', async () => {
    const lines = TRAPS.flatMap(name => {
      const folder = unpack('traps', name);
      const said = ([null, '2.0', '2.1'] as const).map(version => findInTrap(folder, name, version).map(shown(folder)));
      const [any = [], ...each] = said;
      const others = each.map(own => (String(own) === String(any) ? ['the same'] : own));
      return [`## ${name}`, ...any, '- 2.0', ...(others[0] ?? []), '- 2.1', ...(others[1] ?? [])];
    });
    const file = fileURLToPath(new URL('../../../fixtures/acl/findings.txt', import.meta.url));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(file);
  });
});

/** One finding as text, its folder left out. */
function shown(folder: string): (issue: Issue) => string {
  return ({ severity, place, message, cure }) =>
    `${severity} ${place?.file}:${place?.line ?? ''}:${place?.column ?? ''} ${message}\n    ${cure}`.replaceAll(
      `${folder}/`,
      '',
    );
}
