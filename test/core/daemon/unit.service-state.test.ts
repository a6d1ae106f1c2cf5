import { expect, it } from 'vitest';
import { parseServiceState, serviceStateText, unitName, unitText } from '../../../src/core/daemon/unit.ts';

it('what systemd says of a unit is read', () => {
  const said = 'NRestarts=2\nActiveState=active\nSubState=running\nUnitFileState=enabled\n';
  expect(parseServiceState(said)).toEqual({ active: 'active', sub: 'running', enabled: 'enabled', restarts: 2 });
  expect(parseServiceState('')).toEqual({ active: '', sub: '', enabled: '', restarts: 0 });
});

it.each([
  [{ active: 'active', sub: 'running', enabled: 'enabled', restarts: 0 }, 'enabled, active (running)'],
  [{ active: 'failed', sub: 'failed', enabled: '', restarts: 1 }, 'not enabled, failed (failed), started again 1 time'],
  [
    { active: 'active', sub: 'running', enabled: 'enabled', restarts: 2 },
    'enabled, active (running), started again 2 times',
  ],
])('%o is told', (state, text) => {
  expect(serviceStateText(state)).toBe(text);
});

it('a plain word is written without quotes, and every other within', () => {
  const command = ['/usr/bin/node', '--user=a@b:1,2.3%', 'a b', 'x'];
  expect(unitText({ description: '', command, environment: [] })).toContain(
    '\nExecStart=/usr/bin/node --user=a@b:1,2.3%% "a b" x\n',
  );
});

it('signs that no name has are one dash, where several stand together', () => {
  expect(unitName('a // b')).toMatch(/^hometui-a-b-[0-9a-f]{1,8}\.service$/);
});
