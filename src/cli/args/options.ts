import { type CommandName, commandEntries } from './commands.ts';
import { brokerFileOptions } from './options/broker-files.ts';
import { commandOptions } from './options/command.ts';
import { connectionOptions } from './options/connection.ts';
import { displayOptions } from './options/display.ts';
import { exchangeOptions } from './options/exchange.ts';
import { historyOptions } from './options/history.ts';
import { houseOptions } from './options/house.ts';
import { setupOptions } from './options/setup.ts';
import { simulationOptions } from './options/simulation.ts';
import type { OptionSpec } from './options/spec.ts';

export { longForm, nameOfForm, type OptionSpec } from './options/spec.ts';

const everywhere: readonly CommandName[] = commandEntries.map(([name]) => name);

/**
 * All options by their names in code, in the order of the help; names and short forms are mosquitto_sub's where that has
 * them.
 */
export const options = {
  ...connectionOptions,
  ...houseOptions,
  ...displayOptions,
  ...commandOptions,
  ...historyOptions,
  ...simulationOptions,
  ...brokerFileOptions,
  ...setupOptions,
  ...exchangeOptions,
  help: { help: 'this help', group: 'general', commands: everywhere },
  version: { help: 'the version', group: 'general', commands: everywhere },
} as const satisfies Record<string, OptionSpec>;

/** The name of an option in code. */
export type OptionName = keyof typeof options;

type ValueOf<Spec> = Spec extends { isList: true }
  ? readonly string[]
  : Spec extends { number: object }
    ? number
    : Spec extends { choices: readonly (infer Choice)[] }
      ? Choice
      : Spec extends { value: string }
        ? string
        : true;

/** What was given on the command line: an option that was not given is absent. */
export type Flags = { readonly [Name in OptionName]?: ValueOf<(typeof options)[Name]> };

/** All options with their names in code, in the order of the help. */
export const optionEntries = Object.entries(options) as readonly (readonly [OptionName, OptionSpec])[];

/** The options that say where the broker is, and who we are there. */
export const connectionNames: readonly OptionName[] = namesOf('connection');
/** The same with those of the house and its files. */
export const placeNames: readonly OptionName[] = [...connectionNames, ...namesOf('house')];

function namesOf(group: OptionSpec['group']): readonly OptionName[] {
  return optionEntries.flatMap(([name, spec]) => (spec.group === group ? [name] : []));
}
