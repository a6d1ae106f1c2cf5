import { describe, expect, test } from 'vitest';
import type { Direction } from '../helpers/brokers/cutting-proxy.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { openBench, verdictUsers } from '../helpers/verdicts/bench.ts';
import { startBroker, type VerdictBroker } from '../helpers/verdicts/brokers.ts';
import { inTurns } from '../helpers/verdicts/run.ts';

/** How many commands are given; `npm run test:cut` gives 500. */
const COMMANDS = Number(process.env.HOMETUI_CUT_COMMANDS ?? 48);
const AT_ONCE = 8;
/** The time limit of each command, s. */
const LIMIT_S = 1;

/** Where the line is cut: after so many bytes of the dialogue that begins with the PUBLISH. */
interface Cut {
  readonly protocol: '5' | '311';
  readonly direction: Direction;
  readonly bytes: number;
  readonly how: 'closed' | 'reset';
}

/** A little more than the dialogue has: up PUBLISH and pings; down echo (3.1.1), PUBACK, feedback and their answers. */
const LENGTHS: Readonly<Record<Cut['protocol'], Readonly<Record<Direction, number>>>> = {
  '5': { up: 42, down: 48 },
  '311': { up: 36, down: 74 },
};

const cuts: readonly Cut[] = (['5', '311'] as const).flatMap(protocol =>
  (['up', 'down'] as const).flatMap(direction =>
    Array.from({ length: LENGTHS[protocol][direction] }, (_, bytes) => bytes).flatMap(bytes =>
      (['closed', 'reset'] as const).map(how => ({ protocol, direction, bytes, how })),
    ),
  ),
);

/** Spread over all cuts, or all of them again and again. */
const chosen = Array.from({ length: COMMANDS }, (_, index) => {
  const place = COMMANDS < cuts.length ? Math.floor((index * cuts.length) / COMMANDS) : index % cuts.length;
  return cuts[place] as Cut;
});

interface Seen {
  readonly kind: string;
  readonly arrivals: number;
  readonly faults: readonly string[];
}

const program = requireProgram('mosquitto');

describe.runIf(program !== null)('a line that is cut at any byte of a command', () => {
  test(
    `${COMMANDS} commands: carried out once at most, none late, no false verdict`,
    async () => {
      const broker = await start();
      try {
        const seen = await inTurns([...chosen.entries()], ([index, cut]) => giveAndCut(broker, cut, index), AT_ONCE);
        process.stdout.write(`\n${countsOf(seen)}\n`);
        expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
        // Cuts before, in and after the dialogue: the sweep reached all three.
        expect(new Set(seen.map(({ kind, arrivals }) => `${kind} ${arrivals}`))).toEqual(
          new Set(['not-confirmed 0', 'not-confirmed 1', 'confirmed 1']),
        );
      } finally {
        await broker.close();
      }
    },
    20_000 + COMMANDS * 1_500,
  );
});

function start(): Promise<VerdictBroker> {
  const open = startBroker.mosquitto;
  if (open === undefined) throw new Error('there is no mosquitto');
  return open(verdictUsers);
}

/** One command over a line that is cut, a new line after it, and what the device has seen by then. */
async function giveAndCut(broker: VerdictBroker, cut: Cut, index: number): Promise<Seen> {
  const bench = openBench(broker, `cut-${String(index).padStart(3, '0')}`, cut.protocol);
  try {
    const [device, proxy] = [await bench.device(), await bench.proxy()];
    const console = await bench.console('monitor', { url: proxy.url, timeoutS: LIMIT_S });
    // The retained check and the pings of the login are over.
    await proxy.calm();
    proxy.cutAtByte(cut.direction, cut.bytes, cut.how);
    const pressedAt = Date.now();
    const { kind, at: concludedAt } = await console.command('on');
    proxy.cutNow();
    await console.until(state => state.link.phase !== 'connected');
    await console.until(state => state.link.phase === 'connected');
    await bench.settle(device);
    const { arrivals, answers } = device;
    const last = arrivals.at(-1)?.at ?? pressedAt;
    const isProven = answers.some(({ at }) => at <= concludedAt + 2);
    const place = `MQTT ${cut.protocol}, ${cut.how} after ${cut.bytes} bytes ${cut.direction}`;
    const faults = [
      arrivals.length > 1 ? `carried out ${arrivals.length} times` : null,
      last - pressedAt > LIMIT_S * 1_000 ? `arrived after ${last - pressedAt} ms` : null,
      kind === 'not-confirmed' || (kind === 'confirmed' && isProven) ? null : `called ${kind}`,
    ];
    return { kind, arrivals: arrivals.length, faults: faults.flatMap(fault => (fault ? [`${place}: ${fault}`] : [])) };
  } finally {
    await bench.close();
  }
}

function countsOf(seen: readonly Seen[]): string {
  const counts = new Map<string, number>();
  for (const { kind, arrivals } of seen) {
    const what = `${kind}, carried out ${arrivals} times`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join('\n');
}
