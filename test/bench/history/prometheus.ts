import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { stepFor } from '../../../src/core/history/query/step.ts';
import { findProgram } from '../../helpers/require-program.ts';
import { type Figure, median, round } from '../figures.ts';
import { pause } from '../processes.ts';
import { COLUMNS, QUESTIONS } from './own.ts';
import type { RawDays } from './raw.ts';

const RUNS = 7;

/** The same values in Prometheus, of some days: its import takes the whole of a text of 60 bytes a value. */
export async function measurePrometheus(raw: RawDays, today: number, days: number): Promise<readonly Figure[]> {
  if (['prometheus', 'promtool'].some(name => findProgram(name) === null)) {
    console.error('SKIPPED: Prometheus, for there is none: apt-get install prometheus');
    return [];
  }
  const place = mkdtempSync(join(tmpdir(), 'hometui-prometheus-'));
  try {
    const text = join(place, 'values.txt');
    const count = writeText(text, raw, today, days);
    const data = join(place, 'data');
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', text, data], { stdio: 'ignore' });
    rmSync(text);
    const bytes = sizeOf(data);
    return [
      {
        what: `Prometheus: ${days} days of the same, imported`,
        value: `${round(bytes / 1_048_576)} MiB`,
        compared: `${round(bytes / count)} B a reading; a year by that ${round((365 / days) * (bytes / 1_048_576))} MiB`,
      },
      ...(await measureQuestions(place, data, today, days)),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function writeText(path: string, { series, read }: RawDays, today: number, days: number): number {
  writeFileSync(path, '# TYPE hometui_sensor gauge\n');
  let count = 0;
  for (const { n, id } of series) {
    for (let day = today - days; day < today; day++) {
      const list = read(day).get(n) ?? [];
      const lines: string[] = [];
      for (let index = 0; index < list.length; index += 2) {
        lines.push(`hometui_sensor{sensor="${id}"} ${list[index + 1]} ${list[index]}\n`);
      }
      count += lines.length;
      appendFileSync(path, lines.join(''));
    }
  }
  appendFileSync(path, '# EOF\n');
  return count;
}

async function measureQuestions(place: string, data: string, today: number, days: number): Promise<readonly Figure[]> {
  const port = await freePort();
  const config = join(place, 'p.yml');
  writeFileSync(config, 'global:\n  scrape_interval: 1h\n');
  const url = `http://127.0.0.1:${port}`;
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${data}`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn('prometheus', [...args, '--storage.tsdb.retention.time=10y'], { stdio: 'ignore' });
  try {
    await untilReady(`${url}/-/ready`);
    const figures: Figure[] = [];
    for (const [name, length] of QUESTIONS.filter(([, one]) => one <= days)) {
      const step = stepFor(length * DAY_S, COLUMNS);
      const [from, until] = [(today - length) * DAY_S + step, today * DAY_S];
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const startedAt = performance.now();
        for (const kind of ['min', 'avg', 'max']) {
          const query = encodeURIComponent(`${kind}_over_time(hometui_sensor[${step}s])`);
          await (
            await fetch(`${url}/api/v1/query_range?query=${query}&start=${from}&end=${until}&step=${step}`)
          ).text();
        }
        times.push(performance.now() - startedAt);
      }
      figures.push({ what: `Prometheus: a ${name}, asked a server that runs`, value: `${round(median(times))} ms` });
    }
    return figures;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    await pause(100);
  }
  throw new Error('prometheus was not ready within a minute');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
}
