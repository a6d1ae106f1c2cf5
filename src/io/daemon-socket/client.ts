import { createConnection } from 'node:net';
import { afterWaitingKeys, type Clock, type Timer } from '../clock.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { isOwnSocket, lookAtSocket, openAddress } from './place.ts';

/** What came of asking: `nobody` is there; `silent`: somebody is, and does not answer in time; `foreign`: not our socket. */
export type Asked =
  | { readonly kind: 'nobody' | 'silent' | 'foreign' }
  | { readonly kind: 'answered'; readonly lines: readonly string[] };

/** A daemon that runs begins to answer within this time, ms; one that is stopped does not. */
const FIRST_WORD_MS = 300;
/** And has answered within this, ms. */
const LAST_WORD_MS = 1_000;
/** No answer is longer, characters. */
const LONGEST_ANSWER = 32 * 1_048_576;

/**
 * Asks the daemon whose socket is beside a history. `question` is a line with its line feed. Where no daemon is this costs
 * one look at the disk.
 */
export async function askDaemonSocket(folder: string, question: string, clock: Clock): Promise<Asked> {
  const found = lookAtSocket(folder);
  if (found === undefined) return { kind: 'nobody' };
  if (!isOwnSocket(found)) return { kind: 'foreign' };
  try {
    return await ask(folder, question, clock);
  } catch {
    // It was taken away at this moment.
    return { kind: 'nobody' };
  }
}

function ask(folder: string, question: string, clock: Clock): Promise<Asked> {
  const { address, close } = openAddress(folder);
  return new Promise(resolve => {
    let said = '';
    let isOver = false;
    const limits: Timer[] = [];
    const finish = (asked: Asked): void => {
      if (isOver) return;
      isOver = true;
      for (const limit of limits) limit.cancel();
      socket.destroy();
      close();
      resolve(asked);
    };
    // Where we ourselves were busy for so long, the answer is there and was not read yet.
    const limit = (ms: number, isSilent: () => boolean): void => {
      const look = async (): Promise<void> => {
        await afterWaitingKeys();
        if (isSilent()) finish({ kind: 'silent' });
      };
      limits.push(clock.after(ms, () => void look()));
    };
    const socket = createConnection(address, () => {
      socket.write(question);
      limit(FIRST_WORD_MS, () => said === '');
    });
    limit(LAST_WORD_MS, () => true);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      said += chunk;
      if (said.length > LONGEST_ANSWER) finish({ kind: 'silent' });
    });
    socket.on('end', () => finish({ kind: 'answered', lines: said.split('\n').slice(0, -1) }));
    socket.on('error', error => {
      const isLeft = ['ECONNREFUSED', 'ENOENT'].includes(fileFaultOf(error).code);
      finish({ kind: isLeft ? 'nobody' : 'silent' });
    });
  });
}
