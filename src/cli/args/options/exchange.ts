import type { OptionSpec } from './spec.ts';

/** What goes to other programs. */
export const exchangeOptions = {
  dashboard: {
    value: 'VERSION',
    choices: ['1', '2'],
    fallback: '2',
    help: 'node-red: which of its dashboards; 1 is node-red-dashboard, 2 is @flowfuse/node-red-dashboard',
    group: 'command',
    commands: ['export'],
  },
  dataSource: {
    value: 'DATABASE',
    choices: ['influxdb', 'victoriametrics', 'prometheus'],
    fallback: 'as the engine of the settings, or influxdb',
    help: 'grafana: where the daemon sends the history, or who fetches from it',
    group: 'command',
    commands: ['export'],
  },
  publish: {
    help: 'home-assistant: publish the messages, kept by the broker, after a question',
    group: 'command',
    commands: ['export'],
  },
} as const satisfies Record<string, OptionSpec>;
