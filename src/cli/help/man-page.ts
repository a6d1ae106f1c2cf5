import { ExitCode } from '../../app/exit-code.ts';
import { optionGroups } from '../args/command-options.ts';
import type { CommandSpec } from '../args/command-spec.ts';
import { commandEntries } from '../args/commands.ts';
import { longForm, type OptionName, type OptionSpec, optionEntries } from '../args/options.ts';

/** The man page hometui(1) in the macros of man(7), made from the same tables as the parser. */
export function manPage(version: string): string {
  return `${[
    `.TH HOMETUI 1 "" "hometui ${version}" "User Commands"`,
    '.SH NAME',
    'hometui \\- a terminal console for an MQTT home',
    '.SH SYNOPSIS',
    ...commandEntries.flatMap(([, spec]) => spec.usage.map(usage => `.B hometui\n${roff(usage)}\n.br`)),
    '.SH COMMANDS',
    ...commandEntries.map(
      ([name, spec]) => `.TP\n.B ${name === 'console' ? 'hometui' : `hometui ${name}`}\n${roff(spec.summary)}`,
    ),
    '.SH OPTIONS',
    ...optionEntries.map(([name, spec]) => manOption(name, spec)),
    '.SH "EXIT STATUS"',
    ...exitCodes.map(([code, what]) => `.TP\n.B ${code}\n${roff(what)}`),
    '.SH ENVIRONMENT',
    ...optionEntries.flatMap(([name, spec]) =>
      spec.env === undefined ? [] : [`.TP\n.B ${spec.env}\nstands in for ${roff(longForm(name))}`],
    ),
    '.TP\n.B NO_COLOR\nno colours',
    '.SH FILES',
    ...files.map(([path, what]) => `.TP\n.I ${roff(path)}\n${roff(what)}`),
    '.SH EXAMPLES',
    ...commandEntries.flatMap(([, spec]) => examples(spec)),
  ].join('\n')}\n`;
}

const exitCodes: readonly (readonly [code: number, what: string])[] = [
  [ExitCode.ok, 'well; get: live; set: confirmed'],
  [ExitCode.warning, 'status: warning (late, stale, a limit); get: retained'],
  [ExitCode.critical, 'status: critical (offline, a critical limit, a denial)'],
  [ExitCode.unknown, 'status: unknown (no answer from the broker, nothing ever seen); get: not heard in time'],
  [ExitCode.usage, 'the command line makes no sense'],
  [ExitCode.noInput, 'a file that was named cannot be read'],
  [ExitCode.unreachable, 'the broker cannot be reached'],
  [ExitCode.bug, 'a fault in hometui itself'],
  [ExitCode.output, 'the output cannot be written'],
  [ExitCode.notConfirmed, 'set: not confirmed, or nobody listening'],
  [ExitCode.denied, 'login refused, or denied'],
  [ExitCode.config, 'house file or settings broken'],
  [ExitCode.hungUp, 'the terminal was closed'],
  [ExitCode.interrupted, 'interrupted'],
  [ExitCode.quit, 'quit (SIGQUIT)'],
  [ExitCode.terminated, 'terminated'],
];

const files: readonly (readonly [path: string, what: string])[] = [
  ['~/.config/hometui/config.json', 'the settings (XDG_CONFIG_HOME)'],
  ['~/.local/state/hometui/hometui.log', 'commands that were on their way when the line dropped (XDG_STATE_HOME)'],
  ['~/.local/state/hometui/history', 'what the console has recorded, a folder for each house (XDG_STATE_HOME)'],
  ['~/.cache/hometui', 'what makes the next start quick; may be deleted (XDG_CACHE_HOME)'],
];

function manOption(name: OptionName, spec: OptionSpec): string {
  const short = spec.short === undefined ? '' : `\\fB\\-${spec.short}\\fR, `;
  const value = spec.value === undefined ? '' : ` \\fI${roff(spec.value)}\\fR`;
  const groups = optionGroups(name, spec);
  const lines = groups.map(({ commands, spec: own }) => {
    const whose = groups.length === 1 ? '' : `${commands.map(commandText).join(', ')}: `;
    return roff(`${whose}${meaning(own)}`);
  });
  return `.TP\n${short}\\fB${roff(longForm(name))}\\fR${value}\n${lines.join('\n.br\n')}`;
}

function commandText(name: string): string {
  return name === 'console' ? 'hometui' : name;
}

function meaning({ help, choices, fallback }: OptionSpec): string {
  const oneOf = choices === undefined ? '' : ` (${choices.join(', ')})`;
  return `${help}${oneOf}${fallback === undefined ? '' : `; without it: ${fallback}`}`;
}

function examples(spec: CommandSpec): string[] {
  return spec.examples.map(([line, what]) => `.TP\n.B ${roff(line)}\n${roff(what)}`);
}

/** Text for roff: its escape character, hyphens that can be copied, and no dot or quote that begins a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');
}
