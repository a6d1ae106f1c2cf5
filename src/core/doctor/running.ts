import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { formatDuration } from '../duration.ts';
import { listenersOf } from '../mosquitto/conf/listeners.ts';
import { shownWord } from '../to-copy.ts';
import { at, type Check, unexamined, warning, well } from './check.ts';
import type { Installation } from './installation.ts';

/** A mosquitto that runs on this machine. */
export interface RunningBroker {
  readonly pid: number;
  /** The conf of its command line, absolute where that can be known; `null` where it was given none. */
  readonly conf: string | null;
  /** Where it was started; `null` where we may not know. */
  readonly cwd: string | null;
  /** ms since 1970. */
  readonly startedAt: number | null;
  /** Whether it runs in a container, so that its files are not those of this machine by their names. */
  readonly isContained: boolean;
  /** Ports that it listens on; `null` where we may not know. */
  readonly ports: readonly number[] | null;
}

export interface InUseInput {
  readonly installation: Installation;
  /** The absolute path of its conf; `null` where none is known. */
  readonly confPath: string | null;
  /** All that run here; `null` where this system does not tell. */
  readonly brokers: readonly RunningBroker[] | null;
  /** Whether the broker that was named is this machine. */
  readonly isLocal: boolean;
  readonly host: string;
  readonly port: number;
  /** When the broker last read its files by its log, ms; `null` where the log does not tell. */
  readonly reloadedAt: number | null;
  readonly hasLog: boolean;
  readonly now: number;
}

/** Times of processes and files are whole seconds on some systems. */
const PRECISION_MS = 2_000;
const RELOAD = 'sudo systemctl reload mosquitto';

/** The broker that listens on a port: by its sockets where we may see them, else the only one, or the one whose conf says so. */
export function brokerOnPort(
  brokers: readonly RunningBroker[],
  port: number,
  conf: { readonly installation: Installation; readonly confPath: string | null } | null,
): RunningBroker | null {
  const bySocket = brokers.find(({ ports }) => ports?.includes(port) === true);
  if (bySocket !== undefined) return bySocket;
  const unseen = brokers.filter(({ ports }) => ports === null);
  const own = conf?.installation.conf ?? null;
  const isConfOfPort = own !== null && listenersOf(own).some(listener => listener.port === port);
  const byConf = isConfOfPort ? unseen.find(broker => broker.conf === conf?.confPath) : undefined;
  return byConf ?? (unseen.length === 1 ? (unseen[0] ?? null) : null);
}

/** Whether conf and files are those that the running broker has read. */
export function examineUse(input: InUseInput): readonly Check[] {
  const subject = 'files in use';
  const { brokers, isLocal, host, port } = input;
  if (!isLocal) {
    const evidence = `the broker is on another machine (${cleanText(host, 60)}), and its files and process are seen there only`;
    return [unexamined('in-use', subject, evidence, 'Run hometui doctor on that machine.')];
  }
  if (brokers === null) {
    return [unexamined('in-use', subject, 'this system does not tell which programs run', null)];
  }
  const broker = brokerOnPort(brokers, port, input);
  if (broker === null) return [notFound(brokers, port)];
  if (broker.isContained) {
    const evidence = `mosquitto (process ${broker.pid}) runs in a container, and reads the files in there`;
    return [unexamined('in-use', subject, evidence, 'Run hometui doctor --conf … with the files that it is given.')];
  }
  return [ofConf(broker, input), ...stale(broker, input)];
}

function notFound(brokers: readonly RunningBroker[], port: number): Check {
  const subject = 'files in use';
  const look = 'Look at it: systemctl status mosquitto';
  if (brokers.length === 0) {
    const evidence = 'no mosquitto runs on this machine, as far as its processes can be seen';
    return unexamined('in-use', subject, evidence, look);
  }
  if (brokers.every(({ ports }) => ports !== null)) {
    const evidence = `none of the mosquitto that run here (${countText(brokers.length, 'process', 'processes')}) listens on ${port}`;
    return unexamined('in-use', subject, evidence, look);
  }
  const evidence = `several mosquitto run here, and which of them listens on ${port} is seen by root only`;
  return unexamined('in-use', subject, evidence, 'Run this with sudo.');
}

function ofConf(broker: RunningBroker, { installation, confPath }: InUseInput): Check {
  const { confFile, conf } = installation;
  const since = broker.startedAt === null ? '' : `, since ${new Date(broker.startedAt).toISOString().slice(0, 19)}Z`;
  const who = `mosquitto (process ${broker.pid}${since})`;
  const given = broker.conf === null ? 'without a conf' : `with ${cleanText(broker.conf)}`;
  if (conf === null || confFile === null) {
    const cure = broker.conf === null ? null : `Name it: --conf ${shownWord(broker.conf)}`;
    return unexamined('in-use', 'conf in use', `${who} was started ${given}, which was not examined`, cure);
  }
  if (broker.conf === confPath) return well('in-use', 'conf in use', `${who} was started ${given}`);
  const cure =
    broker.conf === null
      ? `Start it with: mosquitto -c ${shownWord(confFile)}`
      : `Examine that one: hometui doctor --conf ${shownWord(broker.conf)}`;
  return warning('in-use', 'conf in use', `${who} was started ${given}, and not with ${cleanText(confFile)}`, cure);
}

/** Files that were changed after the broker had read them. */
function stale(broker: RunningBroker, input: InUseInput): readonly Check[] {
  const { installation, reloadedAt, hasLog, now } = input;
  const { startedAt } = broker;
  if (startedAt === null || broker.conf !== input.confPath) return [];
  const readAt = Math.max(startedAt, reloadedAt ?? 0);
  const how = reloadedAt !== null && reloadedAt > startedAt ? 'its last reload' : 'its start';
  const newer = [...installation.changedAt].filter(([, changedAt]) => changedAt > readAt + PRECISION_MS);
  if (newer.length === 0) return [well('in-use', 'files in use', `none was changed after ${how}`)];
  return newer.map(([file, changedAt]) => {
    const doubt = hasLog ? '' : ', if it was not reloaded since, which only its log tells';
    const evidence = `it was changed ${formatDuration(now - changedAt)} ago, after ${how}: the broker goes by the older one${doubt}`;
    const isConf = installation.confFiles.includes(file);
    const restart = isConf ? '; lines for listeners, TLS and plugins take a restart' : '';
    return at(warning('in-use', cleanText(file), evidence, `Check the files, then reload: ${RELOAD}${restart}`), {
      file,
    });
  });
}
