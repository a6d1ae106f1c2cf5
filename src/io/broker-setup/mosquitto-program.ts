import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';

/** A mosquitto that is installed here. */
export interface MosquittoProgram {
  readonly path: string;
  /** As it says it, `2.0.11`. */
  readonly release: string;
  readonly version: BrokerVersion;
}

/** Where daemons are put; an ordinary user's PATH leaves these out. */
const DAEMON_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
const ASK_LIMIT_MS = 5_000;

/** The mosquitto of this path, else the one that is installed; `null` where none is, or it does not say its version. */
export function findMosquitto(path: string | null, searchPath: string): MosquittoProgram | null {
  const found = path ?? findProgram('mosquitto', searchPath);
  if (found === null) return null;
  const { stdout } = spawnSync(found, ['-h'], { encoding: 'utf8', timeout: ASK_LIMIT_MS });
  const release = /mosquitto version (\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (release === undefined) return null;
  return { path: found, release, version: /^2\.0\./.test(release) ? '2.0' : '2.1' };
}

/** The full path of a program on `searchPath` or in the daemons' folders, or `null`. */
export function findProgram(name: string, searchPath: string): string | null {
  const folders = [...searchPath.split(delimiter).filter(Boolean), ...DAEMON_FOLDERS];
  return folders.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The user that a broker started by root becomes, as numbers; `null` where there is none of this name. */
export function brokerUser(name = 'mosquitto'): { readonly uid: number; readonly gid: number } | null {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find(candidate => candidate.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return null;
  }
}
