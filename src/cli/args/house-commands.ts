import type { CommandSpec } from './command-spec.ts';

/** The commands about the description of a house: looked at, edited, brought from elsewhere and taken there. */
export const houseCommands = {
  house: {
    usage: ['house check|show|edit [FILE|PRESET] [OPTION]…'],
    summary: 'the description of a house: checked, told, edited',
    words: ['check', 'show', 'edit'],
    examples: [
      ['hometui house show', 'what there is, on which topics'],
      ['hometui house show my-house.json --acl /etc/mosquitto/acl --user monitor', 'and what this user may'],
      ['hometui house show article --format json > my-house.json', 'a file to begin with'],
      ['hometui house edit my-house.json', 'in your editor; the old one stays until the new one is right'],
    ],
    exitCodes: '0 right, 66 no such file, 74 not written, 77 no terminal to edit on, 78 the file is broken',
  },
  import: {
    usage: ['import FILE [OPTION]…'],
    summary: 'a Node-RED dashboard as a house file',
    examples: [
      ['hometui import flows.json', 'what it has for hometui, and what not; the house goes to standard output'],
      ['hometui import flows.json --output my-house.json --profile pi', 'into a file, and its broker into a profile'],
      ['hometui import flows.json --output my-house.json --dry-run', 'what would come into a file that is there'],
    ],
    exitCodes:
      '0 all taken, 1 some widgets not taken, which are told with the reason; 66 the file cannot be read, or has ' +
      'nothing for hometui; 74 not written, 78 house file or settings broken',
  },
  export: {
    usage: ['export --to node-red|home-assistant|grafana [OPTION]…'],
    summary: 'the house for another program',
    examples: [
      ['hometui export --to node-red -h pi.local > flow.json', 'a flow with dashboard, to import into Node-RED'],
      ['hometui export --to node-red --dashboard 1 --house my-house.json', 'for the first dashboard'],
      ['hometui export --to home-assistant', 'its discovery messages, a topic and its payload on each line'],
      ['hometui export --to home-assistant --publish -u master', 'the same to the broker, after a question'],
      ['hometui export --to grafana --data-source victoriametrics > dashboard.json', 'a dashboard over the history'],
    ],
    exitCodes:
      '74 not written, 75 not answered, 77 denied; 69 broker cannot be reached, 78 house file or settings broken',
  },
} as const satisfies Record<string, CommandSpec>;
