import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../../../src/core/mosquitto/broker-version.ts';
import { deadEndsOfHouse, needsOfHouse } from '../../../../src/core/mosquitto/lint/house.ts';
import type { AccessNeed, LintInput, LintRule } from '../../../../src/core/mosquitto/lint/input.ts';
import { parsePasswordFile } from '../../../../src/core/mosquitto/password-file.ts';

const flow: AccessNeed = { user: 'heating', access: 'write', topic: 'heating/flow', purpose: 'the value "Flow"' };
const pump: AccessNeed = { user: 'heating', access: 'read', topic: 'heating/pump', purpose: 'the command of "Pump"' };

function find(
  rule: LintRule,
  acl: string,
  needs: readonly AccessNeed[],
  { version = null, passwords }: { readonly version?: BrokerVersion | null; readonly passwords?: string } = {},
): readonly string[] {
  const input: LintInput = {
    acl: parseAclFile(acl, 'acl'),
    passwords: passwords === undefined ? null : parsePasswordFile(passwords, 'pw'),
    ...{ conf: null, files: [], needs, doubleHashed: [], version },
  };
  return rule(input).map(
    ({ severity, message, cure, place }) => `${severity} ${place?.file}:${place?.line ?? ''} ${message} | ${cure}`,
  );
}

describe('what a device needs', () => {
  it.each([
    [
      'user heating\ntopic read heating/#',
      'warning acl:1 "heating" may not publish heating/flow (the value "Flow") | Add below "user heating": topic write heating/flow',
    ],
    [
      'user heating\ntopic write heating/#\ntopic deny heating/flow',
      'warning acl:3 "heating" may not publish heating/flow (the value "Flow"): "topic deny heating/flow" denies it | Delete this line, or narrow it.',
    ],
    [
      'user Heating\ntopic write heating/#',
      'warning acl: "heating" may not publish heating/flow (the value "Flow") | Write: user heating (not "Heating")',
    ],
    [
      'user other\ntopic write heating/#',
      'warning acl: "heating" may not publish heating/flow (the value "Flow") | Add at the end: user heating, and below it: topic write heating/flow',
    ],
  ])('%j denies it', (acl, found) => {
    expect(find(needsOfHouse, acl, [flow])).toEqual([found]);
  });

  it('is nothing to tell of where the file grants it', () => {
    expect(find(needsOfHouse, 'user heating\ntopic write heating/flow\ntopic read heating/pump', [flow, pump])).toEqual(
      [],
    );
    expect(find(needsOfHouse, 'user heating\ntopic write heating/flow', [flow, pump])).toEqual([
      'warning acl:1 "heating" may not read heating/pump (the command of "Pump") | Add below "user heating": topic read heating/pump',
    ]);
  });

  it('may be granted by the client identifier, which is not known', () => {
    const acl = 'user heating\ntopic read x\npattern write %c/flow\npattern read %c/flow';
    expect(find(needsOfHouse, acl, [{ ...flow, topic: 'esp-1/flow' }])).toEqual([
      'warning acl:3 "heating" may not publish esp-1/flow (the value "Flow"), unless its client identifier fits "pattern write %c/flow" | Add below "user heating": topic write esp-1/flow',
    ]);
    expect(find(needsOfHouse, acl, [{ ...flow, topic: 'esp-1/rate' }])[0]).toContain('acl:1 "heating" may not publish');
    expect(find(needsOfHouse, `${acl}\npattern write %u/x`, [{ ...flow, topic: 'esp-1/x' }])[0]).not.toContain(
      'unless',
    );
    expect(find(needsOfHouse, acl, [flow])).toEqual([]);
  });

  it('is decided as the version does for which the file is', () => {
    const acl = 'pattern write heat%u/flow';
    const need = { ...flow, user: 'ing' };
    expect(find(needsOfHouse, acl, [need])).toEqual([]);
    expect(find(needsOfHouse, acl, [need], { version: '2.0' })).toEqual([]);
    expect(find(needsOfHouse, acl, [need], { version: '2.1' })).toHaveLength(1);
  });
});

describe('what nobody else may', () => {
  const own = 'user heating\ntopic write heating/flow\n';

  it('is sent in vain, and the line that may be meant is named', () => {
    expect(find(deadEndsOfHouse, own, [flow])).toEqual([
      'warning acl:2 "heating" may write heating/flow (the value "Flow"), and nobody else may read it | Add to the section of who is to: topic read heating/flow',
    ]);
    expect(find(deadEndsOfHouse, `${own}user b\ntopic read heating/flw`, [flow])).toEqual([
      'warning acl:2 "heating" may write heating/flow (the value "Flow"), and nobody else may read it | Add to the section of who is to: topic read heating/flow; line 4 may mean it: topic read heating/flw',
    ]);
  });

  it('is waited for in vain', () => {
    expect(find(deadEndsOfHouse, 'user heating\ntopic read heating/pump', [pump])).toEqual([
      'warning acl:2 "heating" may read heating/pump (the command of "Pump"), and nobody else may write it | Add to the section of who is to: topic write heating/pump',
    ]);
  });

  it.each([`${own}user b\ntopic read heating/#`, `topic read heating/flow\n${own}`, 'user heating\ntopic read x'])(
    'is no dead end in %j',
    acl => {
      expect(find(deadEndsOfHouse, acl, [flow])).toEqual([]);
    },
  );

  it('is none where some client identifier lets somebody else', () => {
    expect(find(deadEndsOfHouse, `${own}user b\ntopic read x\npattern read heating/%c`, [flow])).toEqual([]);
    expect(find(deadEndsOfHouse, `${own}user b\ntopic read x\npattern write heating/%c`, [flow])).toHaveLength(1);
  });

  it('counts users of the password file too, and only others than itself', () => {
    const acl = `${own}topic read heating/flow\npattern read heating/%u`;
    expect(find(deadEndsOfHouse, acl, [flow])).toHaveLength(1);
    expect(find(deadEndsOfHouse, acl, [flow], { passwords: 'flow:x' })).toEqual([]);
  });
});
