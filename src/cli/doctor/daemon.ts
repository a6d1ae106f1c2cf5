import type { World } from '../../app/world.ts';
import type { DaemonAnswer, DaemonFacts, Recorder, ServiceFacts } from '../../core/doctor/daemon.ts';
import type { HistoryFacts } from '../../core/doctor/machine.ts';
import { readLockOwner } from '../../io/history-store/writer-lock.ts';
import { readUnit } from '../../io/user-service/unit-file.ts';
import { lingers, readServiceState } from '../../io/user-service/user-manager.ts';
import type { Arguments } from '../args/parse.ts';
import { askDaemon } from '../daemon/ask.ts';
import { serviceOf } from '../daemon/service.ts';
import type { SettledHouse } from '../settings/connection.ts';

/** What is to be known of the daemon of this house: who records, what it answers, and its service. Nothing is started. */
export async function readDaemon(
  read: SettledHouse,
  history: HistoryFacts,
  args: Arguments,
  world: World,
): Promise<DaemonFacts> {
  const now = world.clock.wallNow();
  return {
    recorder: history.kind === 'there' ? recorderOf(history.folder, now) : null,
    answer: await answerOf(read, args, world),
    service: await readService(read, args, world),
    writtenAt: history.kind === 'there' ? history.writtenAt : null,
    sudoUser: history.kind === 'none' && process.getuid?.() === 0 ? (world.env.SUDO_USER ?? null) : null,
    now,
  };
}

function recorderOf(folder: string, now: number): Recorder | null {
  try {
    return readLockOwner(folder, now);
  } catch {
    // What may not be read is told of the history.
    return null;
  }
}

async function answerOf(read: SettledHouse, args: Arguments, world: World): Promise<DaemonAnswer> {
  const answer = await askDaemon(read, args, world);
  if (answer.kind !== 'heard') return answer;
  const { state, daemon } = answer;
  return {
    kind: 'heard',
    pid: daemon.pid,
    listenedMs: state.listeningSince === null ? null : state.at - state.listeningSince,
  };
}

async function readService(read: SettledHouse, args: Arguments, world: World): Promise<ServiceFacts> {
  const found = findUnit(read, args, world);
  if (found === null) return { kind: 'unknown' };
  const { name, origin } = found;
  if (origin === 'none') return { kind: 'none' };
  return { kind: 'there', name, origin, state: await readServiceState(name, world.env), isLingering: lingers() };
}

function findUnit(read: SettledHouse, args: Arguments, world: World) {
  try {
    const { name, path } = serviceOf(read, args, world);
    const unit = readUnit(path);
    return unit.ok ? { name, origin: unit.value.origin } : null;
  } catch {
    // There is no place for units, or none that could hold these options.
    return null;
  }
}
