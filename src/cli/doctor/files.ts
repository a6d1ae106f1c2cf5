import { resolve } from 'node:path';
import type { World } from '../../app/world.ts';
import { type Check, unexamined } from '../../core/doctor/check.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { brokerOnPort, type RunningBroker } from '../../core/doctor/running.ts';
import { readInstallation } from '../../io/broker-files/read-installation.ts';
import { readFileAttributes } from '../../io/files/file-facts.ts';
import type { Flags } from '../args/options.ts';

/** Where Debian and most others have it. */
const USUAL_CONF = '/etc/mosquitto/mosquitto.conf';

/** The files that are looked at. */
export interface ChosenFiles {
  readonly installation: Installation;
  /** The absolute path of the conf; `null` where none is known. */
  readonly confPath: string | null;
  /** What is said where no conf is known. */
  readonly checks: readonly Check[];
}

/** Where the broker is: whether on this machine, on which port, and all that run here. */
export interface Whereabouts {
  readonly isLocal: boolean;
  readonly port: number;
  readonly brokers: readonly RunningBroker[] | null;
}

/** Reads the files that were named, else those that the broker on this machine was started with. */
export function chooseFiles(flags: Flags, { isLocal, port, brokers }: Whereabouts, world: World): ChosenFiles {
  const running = isLocal ? brokerOnPort(brokers ?? [], port, null) : null;
  const usual = isLocal && brokers?.length === 0 && readFileAttributes(USUAL_CONF).exists ? USUAL_CONF : null;
  const isElsewhere = running?.isContained === true;
  const conf = flags.conf ?? (running === null || isElsewhere ? usual : running.conf);
  const confPath = conf === null ? null : resolve(world.cwd, conf);
  const isRunning = running !== null && running.conf === confPath;
  const installation = readInstallation({
    ...{ conf, acl: flags.acl ?? null, passwords: flags.passwords ?? null },
    ...{ cwd: isRunning ? running.cwd : null, version: flags.brokerVersion ?? null },
  });
  const isNamed = conf !== null || flags.acl !== undefined || flags.passwords !== undefined;
  return { installation, confPath, checks: isNamed ? [] : [noConf(isLocal)] };
}

function noConf(isLocal: boolean): Check {
  const why = isLocal
    ? 'with which conf the broker here was started could not be seen'
    : 'the broker is on another machine, and its files are there';
  const cure = isLocal
    ? 'Name it: --conf /etc/mosquitto/mosquitto.conf'
    : 'Run hometui doctor on that machine, or name copies of its files: --conf, --acl, --passwords';
  return unexamined('conf', 'conf', why, cure);
}
