import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Issue } from '../../core/issue.ts';
import { type BrokerConf, type ConfSetting, joinConfs, parseBrokerConf } from '../../core/mosquitto/broker-conf.ts';
import { byVersion } from '../../core/mosquitto/broker-version.ts';
import { listFolder, readFileAttributes } from '../files/file-facts.ts';
import { type FileFault, readTextFile } from '../files/text-file.ts';

/** A file of the broker's that could not be read. */
export interface UnreadFile {
  readonly file: string;
  readonly fault: FileFault;
}

/** A conf with what it includes, as far as it could be read. */
export interface ConfRead {
  readonly conf: BrokerConf;
  /** The files that it is made of, in the order in which they are read. */
  readonly files: readonly string[];
  /** The text of each of them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly unread: readonly UnreadFile[];
}

/**
 * Reads a mosquitto.conf, and each `*.conf` of its include_dir at the place of that line. `cwd` is where the broker was
 * started, from which it looks up a relative folder; where that is not known, it is looked for beside the conf.
 */
export function readBrokerConf(path: string, cwd: string | null = null): ConfRead {
  const main = readOne(path);
  if (main.conf === null) return { conf: joinConfs([]), files: [], texts: new Map(), unread: main.unread };
  const parts: ConfRead[] = main.conf.settings.map(setting => {
    const isIncluding = setting.key === 'include_dir' && setting.value !== '' && !/\s#/.test(setting.value);
    const own = { conf: { settings: [setting], issues: [] }, files: [], texts: new Map(), unread: [] };
    return isIncluding ? joinReads([own, include(setting, path, cwd)]) : own;
  });
  const { conf, files, texts, unread } = joinReads(parts);
  const issues = [...main.conf.issues, ...conf.issues];
  return {
    ...{ conf: { ...conf, issues }, files: [path, ...files], unread },
    texts: new Map([[path, main.text], ...texts]),
  };
}

interface OneRead {
  readonly conf: BrokerConf | null;
  readonly text: string;
  readonly unread: UnreadFile[];
}

function readOne(path: string, shown = path): OneRead {
  const text = readTextFile(path);
  if (!text.ok) return { conf: null, text: '', unread: [{ file: shown, fault: text.error }] };
  return { conf: parseBrokerConf(text.value, shown), text: text.value, unread: [] };
}

/** What stands in the files of a folder. */
function include(setting: ConfSetting, path: string, cwd: string | null): ConfRead {
  const folder = resolve(cwd ?? dirname(path), setting.value);
  // Where the broker was started is not known for a relative one.
  if ((isAbsolute(setting.value) || cwd !== null) && !readFileAttributes(folder).exists) return missingFolder(setting);
  const names = listFolder(folder).filter(name => name.endsWith('.conf'));
  const reads = names.sort(asMosquittoSorts).map((name): ConfRead => {
    const shown = join(setting.value, name);
    const { conf, text, unread } = readOne(join(folder, name), shown);
    if (conf === null) return { conf: joinConfs([]), files: [], texts: new Map(), unread };
    const issues = [...conf.issues, ...nestedIncludes(conf)];
    return { conf: { ...conf, issues }, files: [shown], texts: new Map([[shown, text]]), unread };
  });
  return joinReads(reads);
}

function missingFolder({ value, file, line }: ConfSetting): ConfRead {
  const message = `the folder ${value} does not exist; mosquitto does not start with it`;
  const cure = 'Make the folder, or delete the line.';
  const issue: Issue = { severity: 'error', message, cure, place: { file, line } };
  return { conf: { settings: [], issues: [issue] }, files: [], texts: new Map(), unread: [] };
}

/** Only the main file may include others. */
function nestedIncludes({ settings }: BrokerConf): readonly Issue[] {
  const nested = settings.filter(({ key }) => key === 'include_dir');
  return nested.map(({ file, line }) => {
    const what = byVersion(null, 'passes over it', 'does not start with it');
    const message = `include_dir stands in a file that is included itself: ${what}`;
    const cure = 'Write it in the main mosquitto.conf.';
    return { severity: 'error', message, cure, place: { file, line } };
  });
}

/** Letter by letter, capitals right before their small letters: 00.conf, A.conf, a.conf, B.conf (mosquitto.conf(5), include_dir). */
function asMosquittoSorts(one: string, other: string): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const [left = '', right = ''] = [one[index], other[index]];
    if (left === right) continue;
    const [high, low] = [left.toUpperCase(), right.toUpperCase()];
    if (high !== low) return high < low ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return one.length - other.length;
}

function joinReads(reads: readonly ConfRead[]): ConfRead {
  return {
    conf: joinConfs(reads.map(({ conf }) => conf)),
    files: reads.flatMap(({ files }) => files),
    texts: new Map(reads.flatMap(({ texts }) => [...texts])),
    unread: reads.flatMap(({ unread }) => unread),
  };
}
