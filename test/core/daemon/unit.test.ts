import { describe, expect, it } from 'vitest';
import { originOfUnit, unitName, unitText } from '../../../src/core/daemon/unit.ts';

const unit = {
  description: 'hometui records Home at mqtt://pi:1883, 100 %',
  command: [
    '/usr/bin/node',
    '/opt/my programs/hometui.cjs',
    'daemon',
    '--house',
    'a"b\\c',
    '--user=-50%',
    "$HOME it's",
  ],
  environment: [['XDG_STATE_HOME', '/data/my state']] as const,
};

/** The words of a line as systemd reads them (systemd.syntax(7)): quotes, backslashes, specifiers, variables. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? [];
  return words.map(word =>
    word
      .replace(/^"(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1')
      .replaceAll('%%', '%')
      .replaceAll('$$', '$'),
  );
}

describe('the unit of a daemon', () => {
  const text = unitText(unit);
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';

  it('starts the command as it is, whatever characters it holds', () => {
    expect(wordsOf(value('ExecStart'))).toEqual(unit.command);
    expect(wordsOf(value('Environment'))).toEqual(['XDG_STATE_HOME=/data/my state']);
    expect(value('Description')).toBe('hometui records Home at mqtt://pi:1883, 100 %%');
    // Those that stand for more than themselves are all written as themselves.
    expect(value('ExecStart').replace(/%%|\$\$/g, '')).not.toMatch(/[%$]/);
  });

  it('is not started again where that would not help', () => {
    expect(value('Restart')).toBe('on-failure');
    expect(value('RestartPreventExitStatus')).toBe('64 66 77 78');
  });

  it('is known again, and so is what was changed in it', () => {
    expect(originOfUnit(text)).toBe('ours');
    expect(originOfUnit(`${text}# mine\n`)).toBe('changed');
    expect(originOfUnit(text.replace('RestartSec=10', 'RestartSec=1'))).toBe('changed');
    expect(originOfUnit(text.slice(0, -30))).toBe('changed');
    expect(originOfUnit(`[Unit]\n${text}`)).toBe('foreign');
    expect(originOfUnit('')).toBe('foreign');
  });

  it('has a name that systemd takes, another one for each label', () => {
    expect(unitName('cellar-pi')).toBe('hometui-cellar-pi.service');
    const labels = ['Home', 'Haus Ä', 'Haus Ö', 'a/b', 'a b', 'x'.repeat(200), `${'x'.repeat(200)}y`];
    const names = labels.map(unitName);
    expect(new Set(names).size).toBe(labels.length);
    for (const name of names) expect(name).toMatch(/^[\w.-]{1,100}\.service$/);
  });
});
