import { dirname, join } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { Issue } from '../../core/issue.ts';
import { type BrokerConf, findSetting } from '../../core/mosquitto/broker-conf.ts';
import { confConflicts, SETUP_NAMES } from '../../core/mosquitto/setup/conf.ts';
import type { OtherConf } from '../../core/mosquitto/setup/staged-conf.ts';
import { readForChange } from '../../io/files/change-file.ts';
import { cureOfUnreadable, readFileAttributes } from '../../io/files/file-facts.ts';
import { readConfTexts } from '../acl/files.ts';
import type { SetupTask } from './answers.ts';

/** What is there of a file of the set-up, `null` where nothing is. Throws a `Failure` (66). */
export function readOld(folder: string, name: string): Uint8Array | null {
  const path = join(folder, name);
  const old = readForChange(path);
  if (old.ok) return old.value;
  // A folder that is not there yet has no files.
  if (old.error.code === 'ENOENT' && !readFileAttributes(dirname(path)).exists) return null;
  const cure = cureOfUnreadable(old.error, path, 'Move it away, or name another folder with --dir.');
  throw new Failure(ExitCode.noInput, `${path} cannot be read: ${old.error.why}`, cure);
}

/**
 * The broker's own conf in its folder, with what it includes but for our fragment; `null` where there is none. Throws a
 * `Failure`: 66 where it cannot be read, 78 where it does not go with the set-up.
 */
export function readOtherConf({ wish }: SetupTask): OtherConf | null {
  const main = join(wish.brokerFolder, 'mosquitto.conf');
  if (!readFileAttributes(main).exists) return null;
  const own = join(wish.brokerFolder, SETUP_NAMES.conf);
  const { conf, texts } = readConfTexts(main);
  const others: BrokerConf = {
    settings: conf.settings.filter(({ file }) => file !== own),
    issues: conf.issues.filter(({ place }) => place?.file !== own),
  };
  const errors = [
    ...others.issues.filter(({ severity }) => severity === 'error'),
    ...confConflicts(others, wish.listeners),
  ];
  if (errors.length > 0) throw failureOfIssues(ExitCode.config, errors);
  return { file: main, conf: others, texts: new Map([...texts].filter(([file]) => file !== own)) };
}

/** Why the broker would not read the fragment: its conf does not include the folder. */
export function includeIssue({ wish }: SetupTask, { conf }: OtherConf): Issue | null {
  const folder = dirname(join(wish.brokerFolder, SETUP_NAMES.conf));
  if (findSetting(conf, 'include_dir')?.value.replace(/\/+$/, '') === folder) return null;
  const file = join(wish.brokerFolder, 'mosquitto.conf');
  return {
    severity: 'warning',
    message: 'the broker does not read the new conf: its own one does not include the folder',
    place: { file },
    cure: `Add the line: include_dir ${folder}`,
  };
}
