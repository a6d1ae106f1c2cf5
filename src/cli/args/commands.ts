import type { CommandSpec } from './command-spec.ts';
import { houseCommands } from './house-commands.ts';
import { watchingCommands } from './watching-commands.ts';

const linkCodes = '69 broker cannot be reached, 77 login refused, 78 house file or settings broken';

/** All commands; `console` is what runs without a command's name. */
export const commands = {
  console: {
    usage: ['[OPTION]…'],
    summary: 'the live console',
    examples: [
      ['hometui -h raspberrypi.local -u master', 'the house on the Pi; asks for the password'],
      ['hometui -L mqtts://pi.example:8883 --cafile ca.crt -u monitor', 'over TLS with your own authority'],
    ],
    exitCodes: linkCodes,
  },
  status: {
    usage: ['status [OPTION]…'],
    summary: 'one snapshot of the house, then exits',
    examples: [
      ['hometui status -h raspberrypi.local -u monitor --password-file ~/.monitor', 'who is live, what is late'],
      ['hometui status --format json | jq .sensors.flow.value', 'one value for a script'],
      ['hometui status --format nagios --timeout 15', 'as a check for Nagios or Icinga'],
    ],
    exitCodes: `0 well, 1 warning, 2 critical, 3 unknown, ${linkCodes}; with --format nagios only 0 to 3`,
  },
  get: {
    usage: ['get ITEM… [OPTION]…'],
    summary: 'one value for a script: the retained or the first one, at once',
    examples: [
      ['hometui get flow', 'the flow temperature, as a number alone'],
      ['hometui get pump --any && echo known', 'on or off, retained or live'],
      ['hometui get flow return pump --format json', 'several, one JSON object a line, with what they are'],
    ],
    exitCodes: `0 live (--any: or retained), 1 retained or presumed, 3 not heard in time, 77 denied; ${linkCodes}`,
  },
  set: {
    usage: [
      'set SWITCH on|off|toggle [OPTION]…',
      'set SWITCH=on|off|toggle… [OPTION]…',
      'set ITEM NUMBER|OPTION|press [OPTION]…',
    ],
    summary: 'switches, waits for the verdict, exits with it',
    examples: [
      ['hometui set pump on', 'switch the pump on and wait for its answer'],
      ['hometui set pump=on burner=off --yes', 'several, one after the other, without asking'],
      ['hometui set fan toggle --dry-run', 'what would be sent, without sending it'],
    ],
    exitCodes: `0 confirmed, 75 not confirmed or nobody listening, 77 denied; ${linkCodes}`,
  },
  watch: {
    usage: ['watch [OPTION]…'],
    summary: 'one line per event until stopped',
    examples: [
      ['hometui watch --only flow,pump', 'the flow temperature and the pump'],
      ['hometui watch --format json --for 60', 'a minute as JSON, one object a line'],
      ['hometui watch --until-ok', 'wait until all is well'],
    ],
    exitCodes: `0 ended as asked; --until-ok with --for: that of status; ${linkCodes}`,
  },
  discover: {
    usage: ['discover [OPTION]…'],
    summary: 'proposes a house file from what is heard, with the evidence',
    examples: [
      ['hometui discover', 'half a minute of all that this user may read, told and nothing written'],
      ['hometui discover --output my-house.json', 'the same, and asks item by item what to take'],
      ['hometui discover --house my-house.json --yes --for 120', 'adds what is new; what you wrote there stays'],
      ['hometui discover --broker-log /var/log/mosquitto/mosquitto.log', 'with who publishes and who takes commands'],
    ],
    exitCodes: `0 found, 3 nothing was found, 74 not written, 130 broken off; ${linkCodes}`,
  },
  topics: {
    usage: ['topics [FILTER…] [OPTION]…'],
    summary: 'what is on a broker: each topic with its last value and its pace',
    examples: [
      ['hometui topics', 'ten seconds of all that this user may read'],
      ["hometui topics 'zigbee2mqtt/#' --for 60", 'a minute of one branch'],
      ['hometui topics --format json | jq -r .topic', 'the names alone'],
    ],
    exitCodes: `0 told, 3 nothing was heard; ${linkCodes}`,
  },
  daemon: {
    usage: ['daemon [OPTION]…', 'daemon install|uninstall|status [OPTION]…'],
    summary: 'listens and records while nobody looks, and answers status',
    words: ['install', 'uninstall', 'status'],
    mayLackWord: true,
    examples: [
      ['hometui daemon -h raspberrypi.local -u monitor --password-file ~/.monitor', 'until Ctrl-C'],
      [
        'hometui daemon install -h raspberrypi.local -u monitor --password-file ~/.monitor --dry-run',
        'the service of systemd that it would be, started at each login',
      ],
      ['hometui daemon status', 'whether one runs, what it records, and how old its last value is'],
    ],
    exitCodes:
      '0 stopped; status: 0 it records and has a link, 1 one of the two is not so, 3 none runs; ' +
      `74 history or unit cannot be written, 75 another daemon records already; ${linkCodes}`,
  },
  history: {
    usage: ['history [OPTION]…', 'history info|check|repair|compact [OPTION]…', 'history import FILE [OPTION]…'],
    summary: 'what was measured and what happened, and what nobody heard',
    words: ['info', 'check', 'repair', 'compact', 'import'],
    mayLackWord: true,
    examples: [
      ['hometui history', 'the last 24 hours'],
      ['hometui history --last 7d --only flow,pump', 'a week of the flow temperature and the pump'],
      ['hometui history --from 2026-11-01 --to 2026-12-01 --every 1d', 'a November by days'],
      ['hometui history --last 30d --format csv > month.csv', 'every value, for a spreadsheet'],
      ['hometui history check', 'whether the files are whole'],
      ['hometui history import old.csv', 'what was recorded elsewhere; CSV, line protocol or OpenMetrics'],
      ['hometui history repair', 'writes damaged files anew with what is whole, and says what is lost'],
    ],
    exitCodes:
      '0 told, 3 nothing was recorded; check: 0 whole, 1 damaged; import: 0 all, 1 some lines left out, ' +
      '66 the file cannot be read; 78 house file, settings or history broken',
  },
  replay: {
    usage: ['replay [OPTION]…'],
    summary: 'the console over what was recorded; it reaches no broker',
    examples: [
      ['hometui replay --at "yesterday 03:00"', 'the night, a minute in each second'],
      ['hometui replay --at "2026-11-28 03:00" --speed 1', 'as slow as it was'],
    ],
    exitCodes: '3 nothing was recorded, 78 house file or settings broken',
  },
  ...watchingCommands,
  ...houseCommands,
  demo: {
    usage: ['demo [OPTION]…'],
    summary: 'a house to look at: broker, devices and console, no set-up',
    examples: [
      ['hometui demo', 'look around as monitor'],
      ['hometui demo --user master --speed 10', 'as master, ten times as fast'],
      ['hometui demo --sealed', 'what a house that seals its payloads makes of an intruder'],
    ],
  },
  simulate: {
    usage: ['simulate dhtclient|heating… [OPTION]…'],
    summary: 'runs simulated devices against any broker',
    words: ['dhtclient', 'heating'],
    takesSeveral: true,
    examples: [
      ['hometui simulate heating -u heating --password-file ~/.heating', 'the heating controller'],
      ['hometui simulate dhtclient --fault silent:60', 'the cellar sensor, silent after a minute'],
    ],
    exitCodes: linkCodes,
  },
  acl: {
    usage: [
      'acl check FILE [OPTION]…',
      'acl explain FILE --user U --access read|write --topic T [OPTION]…',
      'acl probe FILE --user U [OPTION]…',
      'acl allow|deny|revoke FILE --user U --access read|write|readwrite --topic T',
      'acl write FILE [--house FILE|PRESET] [OPTION]…',
    ],
    summary: 'checks, explains and changes a Mosquitto ACL file: who may do what',
    words: ['check', 'explain', 'probe', 'allow', 'deny', 'revoke', 'write'],
    examples: [
      ['hometui acl check /etc/mosquitto/acl', 'findings, and who may do what'],
      ['hometui acl explain /etc/mosquitto/acl --user monitor --access write --topic cellar/fan', 'and by which line'],
      [
        'hometui acl probe /etc/mosquitto/acl -u heating --password-file ~/.heating',
        'whether the broker decides by it: one message that it denies heating',
      ],
      [
        'hometui acl allow /etc/mosquitto/acl --user monitor --access write --topic cellar/fan --dry-run',
        'the one line that is missing, and what else it changes',
      ],
      ['hometui acl write acl --operators monitor --viewers guest', 'the whole file for the house, least rights'],
    ],
    exitCodes:
      'check: 0 clean, 1 warnings, 2 errors; probe: 0 in force, 2 not in force, 3 not known; ' +
      `66 the file cannot be read, 74 it cannot be changed, ${linkCodes}`,
  },
  users: {
    usage: [
      'users list FILE [--acl FILE]',
      'users add|passwd FILE USER [--generate] [OPTION]…',
      'users remove FILE USER [OPTION]…',
      'users rename FILE USER NAME [OPTION]…',
      'users import FILE LIST [OPTION]…',
      'users hash FILE [OPTION]…',
    ],
    summary: 'the users of a mosquitto password file, one line at a time',
    words: ['list', 'add', 'passwd', 'remove', 'rename', 'import', 'hash'],
    examples: [
      ['sudo hometui users add /etc/mosquitto/passwd monitor', 'asks for the password, twice'],
      ['sudo hometui users add /etc/mosquitto/passwd heating --generate', 'makes one, and says it once'],
      ['hometui users list /etc/mosquitto/passwd --acl /etc/mosquitto/acl', 'who stands in one of the two files only'],
      ['hometui users hash passwd --dry-run', 'which passwords stand in plain text'],
      ['hometui users import passwd list.txt', 'the users of user:password lines that are not there yet'],
    ],
    exitCodes: '66 a file cannot be read, 74 it cannot be changed, 77 no terminal to ask on',
  },
  setup: {
    usage: ['setup [--house FILE|PRESET] [--dir FOLDER] [OPTION]…', 'setup --undo [--dir FOLDER]'],
    summary: 'sets a mosquitto up for a house, after a rehearsal',
    examples: [
      ['sudo hometui setup', 'asks what it needs, rehearses, asks again, writes'],
      ['hometui setup --dir ./broker --generate --dry-run', 'what would be written, and what it would do'],
      ['hometui setup --house my-house.json --dir ./broker --generate --yes', 'for a script'],
      ['sudo hometui setup --undo', 'takes the last one back'],
    ],
    exitCodes:
      '0 written, 2 the rehearsal went otherwise than the files say, 66 a file cannot be read, ' +
      '74 it cannot be written, 77 no terminal to ask on, 78 house file, or a conf that does not go with it',
  },
  keys: {
    usage: ['keys new|show|rotate|revoke DEVICE [OPTION]…', 'keys show'],
    summary: 'the keys of payloads that are sealed against who is on the line',
    words: ['new', 'show', 'rotate', 'revoke'],
    examples: [
      ['hometui keys new heating --output seal_key.py', 'makes one, and the file for the device'],
      ['hometui keys show', 'who has one, by eight digits of a hash: a key itself is never shown'],
      ['hometui keys rotate heating --for 86400', 'another one; the old one is taken for a day as well'],
      ['hometui keys revoke heating', 'what it seals is not taken any more'],
    ],
    exitCodes: '74 a file cannot be written, 78 the keys cannot be read or changed',
  },
  doctor: {
    usage: ['doctor [OPTION]…'],
    summary: 'examines an installation, from the network to the disk',
    examples: [
      ['sudo hometui doctor', 'on the machine of the broker: all that needs no login'],
      ['hometui doctor -h raspberrypi.local -u master --password-file ~/.master', 'from afar, as master'],
      ['sudo hometui doctor --login master=m.pw,monitor=mo.pw,heating=h.pw', 'with the rights of each, tried live'],
      [
        'hometui doctor --conf mosquitto.conf --acl acl --passwords passwd',
        'copies of the files, beside a broker or none',
      ],
    ],
    exitCodes:
      '0 well, 1 warnings, 2 faults, 3 nothing could be examined; 66 a file cannot be read, 78 house file or settings broken',
  },
  terminal: {
    usage: ['terminal [OPTION]…'],
    summary: 'what the terminal was found to be and why, and a test picture',
    examples: [['hometui terminal', 'what to set in PuTTY, if anything']],
  },
  config: {
    usage: [
      'config path|show [OPTION]…',
      'config save NAME [--save-password] [OPTION]…',
      'config remove NAME [--dry-run]',
      'config export [--output FILE]',
      'config import FILE [--dry-run]',
    ],
    summary: 'the settings, and brokers by name for --profile',
    words: ['path', 'show', 'save', 'remove', 'export', 'import'],
    examples: [
      ['hometui config show', 'each setting and where it comes from; secrets masked'],
      ['hometui config save cellar-pi -h raspberrypi.local -u monitor', 'for: hometui --profile cellar-pi'],
      ['hometui config export --output hometui.json', 'settings without passwords, to carry along'],
      ['hometui config import hometui.json --dry-run', 'what would change'],
    ],
    exitCodes: '66 the file cannot be read, 78 settings broken or not to be written',
  },
  completion: {
    usage: ['completion bash|zsh|fish|man'],
    summary: 'prints the completions of a shell, or the man page',
    words: ['bash', 'zsh', 'fish', 'man'],
    examples: [
      ['source <(hometui completion bash)', 'completions for this bash'],
      ['source <(hometui completion zsh)', 'completions for this zsh, after compinit'],
      ['hometui completion fish | source', 'completions for this fish'],
      ['hometui completion man | man -l -', 'the man page'],
    ],
  },
  help: {
    usage: ['help [COMMAND]'],
    summary: 'this help, or that of a command',
    examples: [['hometui help set', 'the same as hometui set --help']],
  },
} as const satisfies Record<string, CommandSpec>;

/** The name of a command. */
export type CommandName = keyof typeof commands;

/** All commands with their names, in the order of the help. */
export const commandEntries = Object.entries(commands) as readonly (readonly [CommandName, CommandSpec])[];

/** Whether a word is a command's name that can be typed. */
export function isCommand(word: string): word is CommandName {
  return word !== 'console' && Object.hasOwn(commands, word);
}
