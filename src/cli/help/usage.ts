import { wrapText } from '../../core/fit-text.ts';
import { optionsOf } from '../args/command-options.ts';
import { type CommandName, commandEntries, commands } from '../args/commands.ts';
import { longForm, type OptionName, type OptionSpec } from '../args/options.ts';

const WIDTH = 80;

const headings: Readonly<Record<OptionSpec['group'], string>> = {
  command: 'Options',
  connection: 'Connection',
  house: 'House',
  display: 'Display',
  general: 'General',
};

/** The help of one command, at most 80 columns wide; that of `console` also lists the commands. */
export function usageText(command: CommandName): string {
  const spec = commands[command];
  const parts = [
    `hometui${command === 'console' ? '' : ` ${command}`}: ${spec.summary}`,
    section('Usage', [
      ...spec.usage.map(usage => `hometui ${usage}`),
      ...(command === 'console' ? ['hometui COMMAND …'] : []),
    ]),
    ...(command === 'console' ? [section('Commands', commandLines())] : []),
    ...optionSections(command),
    section(
      'Examples',
      spec.examples.flatMap(([line, what]) => [`# ${what}`, line]),
    ),
    ...('exitCodes' in spec ? [section('Exit codes', wrapText(spec.exitCodes, WIDTH - 2))] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function commandLines(): string[] {
  const typed = commandEntries.filter(([name]) => name !== 'console');
  return [
    ...typed.map(([name, spec]) => `${name.padEnd(12)}${spec.summary}`),
    '',
    'hometui COMMAND --help says more about each.',
  ];
}

function optionSections(command: CommandName): string[] {
  return (Object.keys(headings) as OptionSpec['group'][]).flatMap(group => {
    const mine = optionsOf(command).filter(([, spec]) => spec.group === group);
    return mine.length === 0
      ? []
      : [
          section(
            headings[group],
            mine.flatMap(([name, spec]) => optionLines(name, spec)),
          ),
        ];
  });
}

function optionLines(name: OptionName, spec: OptionSpec): string[] {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  const form = `${short}${longForm(name)}${spec.value === undefined ? '' : ` ${spec.value}`}`;
  const lines = wrapText(`${spec.help}${remarks(spec)}`, WIDTH - 2 - 28);
  const isLong = form.length > 26;
  const [first, ...rest] = isLong ? ['', ...lines] : lines;
  return [`${form.padEnd(28)}${first ?? ''}`.trimEnd(), ...rest.map(line => ' '.repeat(28) + line)];
}

function remarks(spec: OptionSpec): string {
  const found = [
    ...(spec.choices === undefined ? [] : [`one of ${spec.choices.join(', ')}`]),
    ...(spec.env === undefined ? [] : [`else $${spec.env}`]),
    ...(spec.fallback === undefined ? [] : [`else ${spec.fallback}`]),
  ];
  return found.length === 0 ? '' : ` (${found.join('; ')})`;
}

function section(heading: string, lines: readonly string[]): string {
  return `${heading}:\n${lines.map(line => (line === '' ? '' : `  ${line}`)).join('\n')}`;
}
