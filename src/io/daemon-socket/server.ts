import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { isOwnSocket, lookAtSocket, openAddress, socketFile } from './place.ts';

/** The socket that a daemon answers on. */
export interface DaemonSocket {
  /** Takes the socket away; resolves when it is gone. May be called again. */
  readonly close: () => Promise<void>;
}

/** Why there is no socket: with `isTaken` since another daemon answers on it. */
export interface SocketTrouble {
  readonly issue: Issue;
  readonly isTaken: boolean;
}

/** A question is not longer, bytes. */
const LONGEST_QUESTION = 64 * 1_024;
/** Who asks has asked, and has taken the answer, within this time, ms. */
const LONGEST_TALK_MS = 5_000;
/** So many may ask at once; more wait for nobody and find out by themselves. */
const MOST_TALKS = 32;

/**
 * Opens the socket beside a history, mode 0600, in place of one that a killed daemon has left. `answer` makes the lines
 * that answer a line; `null` ends the talk without a word. The error says why that cannot be.
 */
export async function openDaemonSocket(
  folder: string,
  answer: (question: string) => string | null,
): Promise<Result<DaemonSocket, SocketTrouble>> {
  try {
    const inTheWay = await clearPlace(folder);
    return inTheWay === null ? ok(await listen(folder, answer)) : fail(inTheWay);
  } catch (error) {
    const message = `there is no socket at ${socketFile(folder)}: ${fileFaultOf(error).why}`;
    return fail({ issue: { severity: 'warning', message, cure: `Check ${folder}.` }, isTaken: false });
  }
}

/** Removes what a killed daemon has left; the trouble is what is there and was not left so. */
async function clearPlace(folder: string): Promise<SocketTrouble | null> {
  const found = lookAtSocket(folder);
  if (found === undefined) return null;
  const path = socketFile(folder);
  const trouble = (message: string, cure: string, isTaken = false): SocketTrouble => {
    return { issue: { severity: 'warning', message, cure }, isTaken };
  };
  if (!found.isSocket()) return trouble(`${path} is no socket`, 'Move it away.');
  if (!isOwnSocket(found)) return trouble(`${path} belongs to another user`, 'Remove it.');
  if (await isAnswered(folder)) {
    const cure = 'One is enough for each house and broker: leave it running, or stop it first.';
    return trouble(`another daemon answers on ${path}`, cure, true);
  }
  rmSync(path, { force: true });
  return null;
}

/** Whether anybody takes connections there: the system knows, even of a process that is stopped. */
function isAnswered(folder: string): Promise<boolean> {
  const { address, close } = openAddress(folder);
  return new Promise(resolve => {
    const socket = createConnection(address);
    const finish = (isThere: boolean): void => {
      socket.destroy();
      close();
      resolve(isThere);
    };
    socket.on('connect', () => finish(true));
    socket.on('error', error => finish(fileFaultOf(error).code !== 'ECONNREFUSED'));
  });
}

function listen(folder: string, answer: (question: string) => string | null): Promise<DaemonSocket> {
  const { address, close } = openAddress(folder);
  const talks = new Set<Socket>();
  const server = createServer(socket => {
    talks.add(socket);
    socket.on('close', () => talks.delete(socket));
    talk(socket, answer);
  });
  server.maxConnections = MOST_TALKS;
  return new Promise((resolve, reject) => {
    server.on('error', error => {
      // Once it listens, what goes wrong with one who asks is no end of it.
      if (!server.listening) close();
      reject(error);
    });
    // The system makes the socket in this call: until its mode is set nobody else shall connect.
    const before = process.umask(0o177);
    try {
      server.listen(address, () => {
        chmodSync(address, 0o600);
        server.unref();
        let closing: Promise<void> | null = null;
        resolve({
          close: () => {
            closing ??= closeServer(server, talks).finally(close);
            return closing;
          },
        });
      });
    } finally {
      process.umask(before);
    }
  });
}

function closeServer(server: ReturnType<typeof createServer>, talks: ReadonlySet<Socket>): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    for (const socket of talks) socket.destroy();
  });
}

/** One line is asked and answered, and that is the end of it. */
function talk(socket: Socket, answer: (question: string) => string | null): void {
  let asked = '';
  socket.setEncoding('utf8');
  socket.setTimeout(LONGEST_TALK_MS, () => socket.destroy());
  // Whoever asked may have gone.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    asked += chunk;
    const end = asked.indexOf('\n');
    if (end < 0 && asked.length <= LONGEST_QUESTION) return;
    socket.removeAllListeners('data');
    const said = end < 0 ? null : answer(asked.slice(0, end));
    if (said === null) socket.destroy();
    else socket.end(said);
  });
}
