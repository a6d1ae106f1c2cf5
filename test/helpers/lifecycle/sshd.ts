import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../brokers/mosquitto.ts';
import { findProgram } from '../require-program.ts';
import { childrenOf, until } from './processes.ts';

/** An sshd of our own on loopback, with keys and configuration of its own. */
export interface Sshd {
  /** Arguments for `ssh` to log in as who we are, up to the host; the remote command comes behind them. */
  readonly clientArgs: readonly string[];
  /** The folder of its files, removed by `close`. */
  readonly folder: string;
  /** The processes that serve one connection each. */
  sessions(): readonly number[];
  close(): Promise<void>;
}

/** An sshd that runs as root wants this folder, which Debian makes when it starts the service. Others may use it too: it stays. */
const PRIVILEGE_SEPARATION = '/run/sshd';

/** Starts it. Always `await sshd.close()`. */
export async function startSshd(): Promise<Sshd> {
  const [program, keygen] = [findProgram('sshd'), findProgram('ssh-keygen')];
  if (program === null || keygen === null) throw new Error('sshd or ssh-keygen is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'hometui-sshd-'));
  if (process.getuid?.() === 0) mkdirSync(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
  for (const name of ['host', 'user']) {
    execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  const port = await freePort();
  writeFileSync(join(folder, 'config'), configText(folder, port));
  const child = spawn(program, ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], { stdio: 'ignore' });
  const said = (): string => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');
  const sshd: Sshd = {
    clientArgs: clientArgs(folder, port),
    folder,
    sessions: () => childrenOf(child.pid ?? -1),
    close: async () => {
      for (const pid of sshd.sessions()) process.kill(pid, 'SIGKILL');
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await until(() => said().includes('listening on') || child.exitCode !== null, 'sshd to listen');
    if (child.exitCode !== null) throw new Error(`sshd did not start:\n${said()}`);
    return sshd;
  } catch (error) {
    await sshd.close();
    throw error;
  }
}

function configText(folder: string, port: number): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(folder, 'host')}
AuthorizedKeysFile ${join(folder, 'user.pub')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
`;
}

function clientArgs(folder: string, port: number): readonly string[] {
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(folder, 'known')}`,
    'IdentitiesOnly=yes',
    'BatchMode=yes',
    'LogLevel=ERROR',
    'ServerAliveInterval=0',
  ];
  const flags = options.flatMap(option => ['-o', option]);
  return [
    '-F',
    'none',
    ...flags,
    '-i',
    join(folder, 'user'),
    '-p',
    String(port),
    '-tt',
    `${userInfo().username}@127.0.0.1`,
  ];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise(resolve => child.once('close', resolve));
  child.kill('SIGTERM');
  await closed;
}
