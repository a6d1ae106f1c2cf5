import type { CommandName } from './commands.ts';
import { type OptionName, type OptionSpec, optionEntries } from './options.ts';

/** What an option is for one command, where that is other or less than its entry in the table says. */
interface OptionVariant {
  readonly help?: string;
  readonly value?: string;
  readonly group?: OptionSpec['group'];
  readonly choices?: readonly string[];
  /** `null` where the command has no such value to fall back on. */
  readonly fallback?: string | null;
  /** `null` where the command does not read the environment for it. */
  readonly env?: null;
}

const plain: OptionVariant = { help: 'the form of the output', choices: ['text', 'json'] };

const setUp = {
  host: { help: 'the address that devices reach the broker at', group: 'command', fallback: "this machine's" },
  port: { help: 'the port that the broker listens on', group: 'command', fallback: '1883' },
  passwords: { help: 'a file of user:password lines, for users who are to have these' },
  generate: { help: 'make the passwords that were not given, 20 digits for a keypad, and say them once' },
} as const satisfies Record<string, OptionVariant>;

const variants: Readonly<Partial<Record<OptionName, Readonly<Partial<Record<CommandName, OptionVariant>>>>>> = {
  format: {
    status: { help: 'the form of the output', choices: ['text', 'json', 'nagios', 'prometheus', 'csv'] },
    get: { ...plain, help: 'the form of each value' },
    set: plain,
    history: {
      help: 'the form of the output; import: of the file, where it is not to be found out',
      choices: ['text', 'csv', 'jsonl', 'openmetrics', 'line-protocol'],
    },
    watch: { help: 'the form of each line', choices: ['text', 'json', 'csv'] },
    events: { help: 'the form of the output', choices: ['text', 'csv', 'json'] },
    alarms: { help: 'list: the form of the output', choices: ['text', 'json', 'csv'] },
    discover: { help: 'each item with its evidence, or one JSON document', choices: ['text', 'json'] },
    topics: { help: 'a tree, or one JSON object a line', choices: ['text', 'json'] },
    house: { ...plain, help: 'show: the form of the output' },
    acl: plain,
    users: { ...plain, help: 'list: the form of the output' },
    doctor: plain,
    config: { ...plain, help: 'show: the form of the output' },
  },
  for: {
    discover: { help: 'how many seconds to listen', fallback: '30' },
    topics: { help: 'how many seconds to listen', fallback: '10' },
    alarms: { help: 'shelve: for how many seconds, a day at most', fallback: '3600' },
    keys: { help: 'rotate: for how many seconds the key before is taken as well', fallback: '7 days' },
  },
  timeout: {
    status: { help: 'seconds to wait for the values at most' },
    get: { help: 'seconds to wait for the values at most' },
    set: { help: 'seconds to wait for the connection; each switch has its own time' },
    doctor: { help: 'seconds to listen to the house' },
  },
  only: {
    status: { help: 'only these count, and what concerns all: the link, a broker without its ACL, an unreadable log' },
    history: { help: 'only these sensors, and what happened to these switches and clients' },
    events: { help: 'only these events and counters' },
    watch: {
      help: 'only what is about these is shown, and what concerns all: the link, a broker without its ACL, an unreadable log',
    },
  },
  output: {
    status: { help: 'write to FILE at once and whole, in place of standard output' },
    discover: { help: 'the house file to make or to add to' },
    config: { help: 'export: write to FILE in place of standard output' },
    export: { help: 'write to FILE in place of standard output' },
    import: { help: 'the house file: a new one, or one that it is added to' },
    keys: { help: 'new, show, rotate: the file for the device, mode 0600' },
  },
  dryRun: {
    set: { help: 'say what would be sent and send nothing' },
    acl: { help: 'allow, deny, revoke, write: say which lines would change and do nothing' },
    users: { help: 'say which lines would change and do nothing' },
    setup: { help: 'plan and rehearse, and write nothing' },
    daemon: { help: 'install, uninstall: say what would be done and do nothing' },
    config: { help: 'save, remove, import: say what would change and do nothing' },
    import: { help: 'say what would come into the house file and the profile, and write nothing' },
  },
  acl: {
    house: { help: 'show: the ACL file; tells what --user may', group: 'command' },
    doctor: { help: "the broker's ACL file", fallback: 'as the conf has it', group: 'command' },
    users: { help: 'the ACL file: tells who stands in one of the two files only', group: 'command' },
  },
  conf: { doctor: { help: "the broker's mosquitto.conf", fallback: 'the one that the broker here was started with' } },
  house: { discover: { help: 'the house file to add to', fallback: null, env: null } },
  brokerLog: {
    discover: { help: "the broker's log: tells who publishes and who takes commands", group: 'command' },
    doctor: { help: "the broker's log", fallback: 'as the conf has it', group: 'command' },
  },
  brokerVersion: {
    users: { help: 'list: which mosquitto it is for' },
    doctor: { help: 'which mosquitto it is' },
  },
  host: { setup: setUp.host },
  port: { setup: setUp.port },
  passwords: {
    setup: setUp.passwords,
    doctor: { help: "the broker's password file", fallback: 'as the conf has it' },
  },
  generate: { setup: setUp.generate },
  viewers: { setup: { help: 'who sees every value' } },
  operators: { setup: { help: 'who sees every value and switches' } },
  masters: { setup: { help: 'who may do everything' } },
  passwordFile: { users: { help: 'add, passwd: a file whose first line is the new password', group: 'command' } },
  yes: {
    discover: { help: 'take all that describes itself or was seen, without asking' },
    set: { help: 'do not ask, also for switches that ask first' },
    acl: { help: 'write: replace a file that is there without asking' },
    setup: { help: 'write the files without asking' },
    daemon: { help: 'install, uninstall: also where the unit was changed by hand' },
    export: { help: 'publish without asking' },
    import: { help: 'add to a house file that is there without asking' },
  },
  to: {
    export: {
      value: 'PROGRAM',
      choices: ['node-red', 'home-assistant', 'grafana'],
      help: 'which program it is for',
      fallback: null,
    },
  },
  profile: { import: { help: 'keep the broker of the export as this profile', group: 'command' } },
  speed: { replay: { help: 'how many seconds of then pass in one of now', fallback: '60' } },
  user: {
    acl: { help: 'probe: the user to log in as; explain, allow, deny, revoke: the one whose rights it is about' },
    house: { help: 'show: whose rights are told', group: 'command' },
    demo: { help: 'which user of the demo to be', fallback: 'monitor', env: null },
  },
};

/** An option as one command has it. */
export function optionFor(command: CommandName, name: OptionName, spec: OptionSpec): OptionSpec {
  const variant = variants[name]?.[command];
  if (variant === undefined) return spec;
  const merged = Object.entries({ ...spec, ...variant }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as unknown as OptionSpec;
}

/** The options of one command, as it has them, in the order of the help. */
export function optionsOf(command: CommandName): readonly (readonly [OptionName, OptionSpec])[] {
  return optionEntries
    .filter(([, spec]) => spec.commands.includes(command))
    .map(([name, spec]) => [name, optionFor(command, name, spec)]);
}

/** The commands for which an option is the same thing: each with the option as they have it. */
export function optionGroups(
  name: OptionName,
  spec: OptionSpec,
): readonly { readonly commands: readonly CommandName[]; readonly spec: OptionSpec }[] {
  const groups = new Map<string, { commands: CommandName[]; spec: OptionSpec }>();
  for (const command of spec.commands) {
    const own = optionFor(command, name, spec);
    const key = JSON.stringify([own.help, own.choices]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { commands: [command], spec: own });
    else group.commands.push(command);
  }
  return [...groups.values()];
}
