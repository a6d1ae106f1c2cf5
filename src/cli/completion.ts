import { type CommandName, type CommandSpec, commandEntries, isCommand } from './commands.ts';
import { longForm, type OptionSpec, optionEntries } from './options.ts';

const typed = commandEntries.filter(([name]) => isCommand(name));

/** The forms of a command's options: `--host`, `-h`. */
function formsOf(command: CommandName): string[] {
  return optionEntries
    .filter(([, spec]) => spec.commands.includes(command))
    .flatMap(([name, spec]) => [longForm(name), ...(spec.short === undefined ? [] : [`-${spec.short}`])]);
}

/** `-h|--host`, as a pattern of the shells. */
function patternOf(name: string, spec: OptionSpec): string {
  return [longForm(name), ...(spec.short === undefined ? [] : [`-${spec.short}`])].join('|');
}

function wordsOf(spec: CommandSpec): readonly string[] {
  return spec.words ?? [];
}

/** Completions for bash 4 and later. */
export function bashCompletion(): string {
  const withValue = optionEntries.filter(([, spec]) => spec.value !== undefined);
  const choices = withValue.filter(([, spec]) => spec.choices !== undefined);
  const files = withValue.filter(([, spec]) => spec.completes === 'file');
  const others = withValue.filter(([, spec]) => spec.choices === undefined && spec.completes === undefined);
  return `# bash completion for hometui: source <(hometui completion bash)
_hometui() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=console word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${typed.map(([name]) => name).join('|')}) command=$word; break ;; esac
  done
  case $previous in
${choices.map(([name, spec]) => `    ${patternOf(name, spec)}) COMPREPLY=($(compgen -W '${spec.choices?.join(' ')}' -- "$current")); return ;;`).join('\n')}
    ${files.map(([name, spec]) => patternOf(name, spec)).join('|')}) compopt -o default; COMPREPLY=(); return ;;
    ${others.map(([name, spec]) => patternOf(name, spec)).join('|')}) COMPREPLY=(); return ;;
  esac
  case $command in
${commandEntries.map(([name, spec]) => `    ${name}) COMPREPLY=($(compgen -W '${bashWords(name, spec)}' -- "$current")) ;;`).join('\n')}
  esac
  [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _hometui hometui
`;
}

function bashWords(name: CommandName, spec: CommandSpec): string {
  const words = name === 'console' || name === 'help' ? typed.map(([command]) => command) : wordsOf(spec);
  return [...words, ...formsOf(name)].join(' ');
}

/** Completions for zsh: a function to be put on its fpath as `_hometui`. */
export function zshCompletion(): string {
  return `#compdef hometui
# zsh completion for hometui: hometui completion zsh > "\${fpath[1]}/_hometui"
_hometui() {
  local -a commands
  commands=(
${typed.map(([name, spec]) => `    '${name}:${zshText(spec.summary)}'`).join('\n')}
  )
  local command=\${words[(r)${typed.map(([name]) => name).join('|')}]}
  case $command in
${typed.map(([name, spec]) => zshCase(name, spec)).join('\n')}
    *) _arguments -s ${zshOptions('console')} '1:command:(($commands))' ;;
  esac
}
_hometui "$@"
`;
}

function zshCase(name: CommandName, spec: CommandSpec): string {
  const words = name === 'help' ? typed.map(([command]) => command) : wordsOf(spec);
  const operand = words.length === 0 ? `'*:operand:'` : `'2:word:(${words.join(' ')})' '*:file:_files'`;
  return `    ${name}) _arguments -s ${zshOptions(name)} '1:command:(${name})' ${operand} ;;`;
}

function zshOptions(command: CommandName): string {
  const mine = optionEntries.filter(([, spec]) => spec.commands.includes(command));
  return mine
    .flatMap(([name, spec]) =>
      [longForm(name), ...(spec.short === undefined ? [] : [`-${spec.short}`])].map(form => zshOption(form, spec)),
    )
    .join(' ');
}

function zshOption(form: string, spec: OptionSpec): string {
  const action = spec.choices !== undefined ? `(${spec.choices.join(' ')})` : spec.completes === 'file' ? '_files' : '';
  const value = spec.value === undefined ? '' : `:${spec.value.replaceAll(':', '')}:${action}`;
  return `'${form}[${zshText(spec.help)}]${value}'`;
}

function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
}

/** Completions for fish. */
export function fishCompletion(): string {
  const names = typed.map(([name]) => name).join(' ');
  const lines = typed.map(([name, spec]) => {
    const words = wordsOf(spec).map(word => `complete -c hometui -n '__fish_seen_subcommand_from ${name}' -a ${word}`);
    const command = `complete -c hometui -f -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d '${fishText(spec.summary)}'`;
    return [command, ...words].join('\n');
  });
  return `# fish completion for hometui: hometui completion fish > ~/.config/fish/completions/hometui.fish
${lines.join('\n')}
${optionEntries.map(([name, spec]) => fishOption(name, spec, names)).join('\n')}
`;
}

function fishOption(name: string, spec: OptionSpec, names: string): string {
  const commands = spec.commands.filter(isCommand).join(' ');
  const isForConsole = spec.commands.includes('console');
  const here = [
    ...(commands === '' ? [] : [`__fish_seen_subcommand_from ${commands}`]),
    ...(isForConsole ? [`not __fish_seen_subcommand_from ${names}`] : []),
  ];
  const parts = ['complete -c hometui', `-n '${here.join('; or ')}'`, `-l ${longForm(name).slice(2)}`];
  if (spec.short !== undefined) parts.push(`-s ${spec.short}`);
  if (spec.value !== undefined) parts.push(spec.completes === 'file' ? '-rF' : '-x');
  if (spec.choices !== undefined) parts.push(`-a '${spec.choices.join(' ')}'`);
  return [...parts, `-d '${fishText(spec.help)}'`].join(' ');
}

function fishText(text: string): string {
  return text.replaceAll("'", "\\'");
}
