import { optionGroups, optionsOf } from '../args/command-options.ts';
import type { CommandSpec } from '../args/command-spec.ts';
import { type CommandName, commandEntries, isCommand } from '../args/commands.ts';
import { longForm, type OptionName, type OptionSpec, optionEntries } from '../args/options.ts';

const typed = commandEntries.filter(([name]) => isCommand(name));
const typedNames = typed.map(([name]) => name);
const several = typed.flatMap(([name, spec]) => (spec.takesSeveral === true ? [name] : []));

/** `--host`, `-h`. */
function formsOf(name: string, { short }: OptionSpec): readonly string[] {
  return [longForm(name), ...(short === undefined ? [] : [`-${short}`])];
}

/** What may follow a command's name besides its options. */
function wordsOf(name: CommandName, spec: CommandSpec): readonly string[] {
  if (name === 'console') return typedNames;
  return name === 'help' ? typedNames.filter(other => other !== 'help') : (spec.words ?? []);
}

/** Completions for bash 4 and later. */
export function bashCompletion(): string {
  return `# bash completion for hometui: source <(hometui completion bash)
_hometui() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=console word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${typedNames.join('|')}) command=$word; break ;; esac
  done
  COMPREPLY=()
  # What stands behind = is a word of its own.
  [ "$previous" = = ] && previous=\${COMP_WORDS[COMP_CWORD-2]}
  [ "$current" = = ] && previous=\${COMP_WORDS[COMP_CWORD-1]} && current=
  case $command:$previous in
${optionEntries.flatMap(([name, spec]) => bashValues(name, spec)).join('\n')}
  esac
  local words options
  case $command in
${commandEntries.map(([name, spec]) => `    ${name}) words='${wordsOf(name, spec).join(' ')}' options='${bashOptions(name)}' ;;`).join('\n')}
  esac
  # Behind the one fixed word stand files.
  case $command in ${several.join('|')}) ;; *)
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
      case " $words " in *" $word "*) words= ;; esac
    done ;;
  esac
  COMPREPLY=($(compgen -W "$words $options" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default 2>/dev/null
}
complete -F _hometui hometui
`;
}

/** The cases in which the word before the cursor is an option that takes a value. */
function bashValues(name: OptionName, spec: OptionSpec): string[] {
  if (spec.value === undefined) return [];
  return optionGroups(name, spec).map(({ commands, spec: own }) => {
    const places = commands.flatMap(command => formsOf(name, own).map(form => `${command}:${form}`)).join('|');
    if (own.choices === undefined) return `    ${places}) ${bashFree(own)} return ;;`;
    return `    ${places}) COMPREPLY=($(compgen -W '${own.choices.join(' ')}' -- "$current")); return ;;`;
  });
}

function bashFree({ completes }: OptionSpec): string {
  return completes === 'file' ? 'compopt -o default 2>/dev/null;' : '';
}

function bashOptions(name: CommandName): string {
  return optionsOf(name)
    .flatMap(([option, own]) => formsOf(option, own))
    .join(' ');
}

/** Completions for zsh: to be sourced after compinit, or to be put on the fpath as `_hometui`. */
export function zshCompletion(): string {
  return `#compdef hometui
# zsh completion for hometui: source <(hometui completion zsh), or save it as _hometui in a folder of $fpath
_hometui() {
  local -a commands
  commands=(
${typed.map(([name, spec]) => `    '${name}:${zshText(spec.summary)}'`).join('\n')}
  )
  local command=\${words[(r)${typedNames.join('|')}]}
  case $command in
${typed.map(([name, spec]) => zshCase(name, spec)).join('\n')}
    *) _arguments -s ${zshOptions('console')} '1:command:{_describe command commands}' ;;
  esac
}
if [ "$funcstack[1]" = _hometui ]; then _hometui "$@"; else compdef _hometui hometui; fi
`;
}

function zshCase(name: CommandName, spec: CommandSpec): string {
  const words = wordsOf(name, spec);
  const first = words.length === 0 ? '' : `'2:word:(${words.join(' ')})' `;
  const others = words.length === 0 ? `'*:operand:'` : `'*:file:_files'`;
  const operand = spec.takesSeveral === true ? `'*:word:(${words.join(' ')})'` : `${first}${others}`;
  return `    ${name}) _arguments -s ${zshOptions(name)} '1:command:(${name})' ${operand} ;;`;
}

function zshOptions(command: CommandName): string {
  return optionsOf(command)
    .flatMap(([name, spec]) => formsOf(name, spec).map(form => zshOption(form, spec)))
    .join(' ');
}

function zshOption(form: string, spec: OptionSpec): string {
  const action = spec.choices !== undefined ? `(${spec.choices.join(' ')})` : spec.completes === 'file' ? '_files' : '';
  const value = spec.value === undefined ? '' : `:${spec.value.replaceAll(':', '')}:${action}`;
  // A value may stand behind = or be a word of its own.
  const joint = spec.value !== undefined && form.startsWith('--') ? '=' : '';
  return `'${form}${joint}[${zshText(spec.help)}]${value}'`;
}

function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
}

/** Completions for fish. */
export function fishCompletion(): string {
  const names = typedNames.join(' ');
  const lines = typed.map(([name, spec]) => {
    const words = wordsOf(name, spec).map(
      (word, _, all) =>
        // Behind the one fixed word stand files.
        `complete -c hometui -f -n '${fishWhen([name])}; and not __fish_seen_subcommand_from ${spec.takesSeveral === true ? word : all.join(' ')}' -a ${word}`,
    );
    const command = `complete -c hometui -f -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d '${fishText(spec.summary)}'`;
    return [command, ...words].join('\n');
  });
  return `# fish completion for hometui: hometui completion fish > ~/.config/fish/completions/hometui.fish
${lines.join('\n')}
${optionEntries.flatMap(([name, spec]) => fishOption(name, spec)).join('\n')}
`;
}

function fishWhen(commands: readonly CommandName[]): string {
  const own = commands.filter(isCommand).join(' ');
  const here = [
    ...(own === '' ? [] : [`__fish_seen_subcommand_from ${own}`]),
    ...(commands.includes('console') ? [`not __fish_seen_subcommand_from ${typedNames.join(' ')}`] : []),
  ];
  return here.join('; or ');
}

function fishOption(name: OptionName, spec: OptionSpec): string[] {
  return optionGroups(name, spec).map(({ commands, spec: own }) => {
    const parts = ['complete -c hometui', `-n '${fishWhen(commands)}'`, `-l ${longForm(name).slice(2)}`];
    if (own.short !== undefined) parts.push(`-s ${own.short}`);
    if (own.value !== undefined) parts.push(own.completes === 'file' ? '-rF' : '-x');
    if (own.choices !== undefined) parts.push(`-a '${own.choices.join(' ')}'`);
    return [...parts, `-d '${fishText(own.help)}'`].join(' ');
  });
}

function fishText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
