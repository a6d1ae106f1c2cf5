import { resolve } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import type { ImportedFlow } from '../../core/node-red/import/import-flow.ts';
import { ok } from '../../core/result.ts';
import type { BrokerProfile } from '../../core/settings/schema.ts';
import { shownWord } from '../../core/to-copy.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import type { Flags } from '../args/options.ts';
import { checkProfileName } from '../settings/save-profile.ts';
import { changesText } from '../settings/settings-report.ts';
import { print } from '../stdio/output.ts';

/** How the broker of a flow is kept, where it was not said. */
export function profileLines({ broker }: ImportedFlow, profile: string | undefined): string {
  if (broker === null || broker.url === null || profile !== undefined) return '';
  return `  to keep it: hometui config save NAME --url ${shownWord(broker.url)} --user USER\n`;
}

/**
 * Keeps the broker of a flow as a profile, with the house file if one was named. What a profile of that name says beside
 * stays. Throws a `Failure`: 64 for a name that is none, 66 where the export does not say the address, 78 for the settings.
 */
export async function saveFlowBroker({ broker }: ImportedFlow, flags: Flags, world: World): Promise<void> {
  const name = flags.profile ?? '';
  checkProfileName(name);
  if (broker === null || broker.url === null) {
    const cure = `Save it yourself: hometui config save ${name} -h HOST -u USER`;
    throw new Failure(ExitCode.noInput, 'the export does not say where its broker is', cure);
  }
  const given: BrokerProfile = {
    url: broker.url,
    ...(broker.protocolVersion === null ? {} : { protocolVersion: broker.protocolVersion }),
    ...(flags.output === undefined ? {} : { house: resolve(world.cwd, flags.output) }),
  };
  const file = openPreferences(world.env, world.platform);
  const { preferences } = await file.read();
  const make = (old: typeof preferences): typeof preferences => {
    const known = old.profiles?.[name];
    const { password, ...others } = known ?? {};
    // A password belongs to the broker that it was saved for.
    const kept = known?.url === given.url ? known : others;
    return { ...old, profiles: { ...old.profiles, [name]: { ...kept, ...given } } };
  };
  const made = flags.dryRun === true ? ok({ before: preferences, after: make(preferences) }) : await file.change(make);
  if (!made.ok) throw failureOfIssues(ExitCode.config, [made.error]);
  const stream = flags.output === undefined ? world.stderr : world.stdout;
  await print(stream, cleanLines(`\n${changesText(made.value.before, made.value.after)}`));
}
