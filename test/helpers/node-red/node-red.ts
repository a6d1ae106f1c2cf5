import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../brokers/mosquitto.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 50;

type Node = Readonly<Record<string, unknown>>;

/** A running Node-RED with both dashboards. */
export interface NodeRed {
  readonly url: string;
  /** Replaces all of its flows, as the editor does it, and resolves when they run. */
  readonly deploy: (nodes: readonly Node[]) => Promise<void>;
  /** All of its flows, as an export has them. */
  readonly flows: () => Promise<readonly Node[]>;
  /** What it said since the last deployment. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the Node-RED that is installed in `folder`, on a free loopback port, with nothing in it. */
export async function startNodeRed(folder: string): Promise<NodeRed> {
  const [port, user] = [await freePort(), await mkdtemp(join(tmpdir(), 'hometui-node-red-'))];
  const settings = {
    ...{ uiPort: port, uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: false },
    ...{ telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false } },
    ...{ externalModules: { autoInstall: false, palette: { allowInstall: false, allowUpload: false } } },
    logging: { console: { level: 'info', metrics: false, audit: false } },
  };
  await writeFile(join(user, 'settings.js'), `module.exports = ${JSON.stringify(settings)};\n`);
  const program = join(folder, 'node_modules/node-red/red.js');
  const child = spawn(process.execPath, [program, '--userDir', user, '--settings', join(user, 'settings.js')], {
    env: { PATH: process.env.PATH, HOME: user, NO_UPDATE_NOTIFIER: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  let since = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const log = (): string => said.slice(since);
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await closed;
      clearTimeout(hard);
    }
    running.delete(child);
    rmSync(user, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const headers = {
    'Node-RED-API-Version': 'v2',
    'Node-RED-Deployment-Type': 'full',
    'Content-Type': 'application/json',
  };
  try {
    await until(
      () => said.includes('Started flows') || said.includes('Server now running'),
      START_TIMEOUT_MS,
      () => said,
    );
    await until(
      () => said.includes('Started flows'),
      START_TIMEOUT_MS,
      () => said,
    );
  } catch (error) {
    await close();
    throw error;
  }
  const deploy = async (flows: readonly Node[]): Promise<void> => {
    since = said.length;
    const answer = await fetch(`${url}/flows`, { method: 'POST', headers, body: JSON.stringify({ flows }) });
    if (!answer.ok) throw new Error(`Node-RED did not take the flow: ${answer.status} ${await answer.text()}`);
    await until(() => log().includes('Started flows'), START_TIMEOUT_MS, log);
  };
  const flows = async (): Promise<readonly Node[]> => {
    const answer = (await (await fetch(`${url}/flows`, { headers })).json()) as { readonly flows: readonly Node[] };
    return answer.flows;
  };
  return { url, deploy, flows, log, close };
}

/** Resolves as soon as something is so; rejects after `timeoutMs` with what `tell` has to say. */
export async function until(isSo: () => boolean, timeoutMs: number, tell: () => string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms; it said:\n${tell()}`);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
