import { describe, expect, it } from 'vitest';
import { commandEntries } from '../../../src/cli/args/commands.ts';
import { longForm, optionEntries, options } from '../../../src/cli/args/options.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../../src/cli/help/completion.ts';
import { manPage } from '../../../src/cli/help/man-page.ts';
import { usageText } from '../../../src/cli/help/usage.ts';

const names = commandEntries.map(([name]) => name);

describe('usageText', () => {
  it.each(names)('of %s fits 80 columns, and names its options and nothing else', name => {
    const text = usageText(name);
    expect(text.split('\n').filter(line => line.length > 80 && !line.startsWith('  hometui'))).toEqual([]);
    const forms = new Set(text.match(/(?<=^ {2}(?:-\w, | {4}))--[a-z-]+/gm) ?? []);
    const own = optionEntries.filter(([, spec]) => spec.commands.includes(name)).map(([option]) => longForm(option));
    expect(forms).toEqual(new Set(own));
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it('of no command lists all of them', () => {
    for (const name of names.filter(it => it !== 'console')) expect(usageText('console')).toContain(`\n  ${name} `);
  });
});

describe('an option', () => {
  it('names for each command the forms of the output that it has, and not those of all', () => {
    const all = options.format.choices.join(', ');
    expect(options.format.commands.filter(name => usageText(name).replaceAll(/\s+/g, ' ').includes(all))).toEqual([]);
  });

  it.each([
    ['events', 'text, csv, json'],
    ['status', 'text, json, nagios, prometheus, csv'],
    ['watch', 'text, json, csv'],
    ['set', 'text, json'],
    ['config', 'text, json'],
    ['acl', 'text, json'],
  ] as const)('of %s names the formats that this command has: %s', (command, formats) => {
    const words = usageText(command).replaceAll(/\s+/g, ' ');
    expect(words).toContain(`(one of ${formats};`);
    expect(/--format FORMAT ([^(]*)\(/.exec(words)?.[1]).not.toMatch(/status|watch|nagios|csv/);
  });

  it('of set speaks of the connection, that of status of the values', () => {
    expect(usageText('set')).toMatch(/--timeout SECONDS +seconds to wait for the connection/);
    expect(usageText('status')).toMatch(/--timeout SECONDS +seconds to wait for the values/);
    expect(usageText('demo')).not.toContain('HOMETUI_USER');
  });
});

describe('what is made from the same table', () => {
  it.each([
    ['bash', bashCompletion()],
    ['zsh', zshCompletion()],
    ['fish', fishCompletion()],
    ['man', manPage('1.2.3').replaceAll('\\-', '-')],
  ])('%s knows each command and each option', (shell, text) => {
    for (const name of names.filter(it => it !== 'console')) expect(text, name).toContain(name);
    for (const [name] of optionEntries) {
      expect(text, name).toContain(shell === 'fish' ? `-l ${longForm(name).slice(2)} ` : longForm(name));
    }
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it('the man page begins no line with a request of roff by accident', () => {
    const lines = manPage('1.2.3').split('\n');
    expect(lines.filter(line => /^['.]/.test(line) && !/^\.(TH|SH|TP|B|I|br)\b/.test(line))).toEqual([]);
  });
});
