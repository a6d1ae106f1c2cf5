import { resolve } from 'node:path';
import type { World } from '../../app/world.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Check } from '../../core/doctor/check.ts';
import { examineDynsec, unreadDynsec } from '../../core/doctor/dynamic-security.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { optionOf, pluginsOf } from '../../core/mosquitto/conf/plugins.ts';
import { parseDynsecFile } from '../../core/mosquitto/dynsec/dynsec.ts';
import type { AccessNeed } from '../../core/mosquitto/lint/input.ts';
import { readDynsec } from '../../io/examine/read-dynsec.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';

/** Where the conf has the plugin for dynamic security: what it knows, as the broker tells it or by its file. */
export async function examineDynamicSecurity(
  installation: Installation,
  logins: readonly LinkOptions[],
  needs: readonly AccessNeed[],
  { clock, cwd }: World,
): Promise<readonly Check[]> {
  const { conf } = installation;
  const plugin = conf === null ? undefined : pluginsOf(conf).find(({ kind }) => kind === 'dynamic-security');
  if (plugin === undefined) return [];
  let why = 'nobody was named who could ask it';
  for (const login of logins) {
    const answer = await readDynsec(login, clock);
    const user = cleanText(login.session.user ?? 'us', 60);
    if (answer.ok) return examineDynsec({ security: answer.value, source: `as the broker told ${user}` }, needs);
    why = `${user} asked, and ${answer.error}`;
  }
  const file = optionOf(plugin, 'config_file')?.value ?? null;
  const text = file === null ? null : readTextFile(resolve(cwd, file));
  const read = text?.ok === true ? parseDynsecFile(text.value) : null;
  if (file === null || read?.ok !== true) return [unreadDynsec(why)];
  return examineDynsec({ security: read.value, source: `by ${cleanText(file)}` }, needs);
}
