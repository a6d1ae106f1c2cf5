import { setTimeout as pause } from 'node:timers/promises';
import { changeUser } from './broker-rights.ts';
import { type Bench, type Console, verdictUsers } from './verdict-bench.ts';
import type { Device } from './verdict-device.ts';
import type { Cell, Outcome, Truth } from './verdict-table.ts';

/** How a broker behaves towards a client, as measured; `protocol` is the one that a link to it ends up with. */
export interface Traits {
  readonly protocol: '5' | '3.1.1';
  /** Closes the connection on a denied publish. */
  readonly closesOnDenial?: boolean;
  /** A changed password ends connections that are open. */
  readonly kicks?: boolean;
  /** Changed rights do not apply to an open connection that has used them. */
  readonly keepsRights?: boolean;
  readonly hasLog?: boolean;
  readonly hasAclFile?: boolean;
  /** Comes back within the time limit of a command. */
  readonly restartsQuickly?: boolean;
  /** Can be stopped with what was sent to it unread. */
  readonly freezes?: boolean;
}

/** Long enough for a reconnect, s. */
const PATIENT_S = 5;

const NO_WORD = 'MQTT 3.1.1 acknowledges a denied command like any other, and this user sees no echo yet';
const NO_LISTENERS = 'MQTT 3.1.1 has no word for it: the PUBACK is the same';
const LINK_GONE = 'the link went: what became of the command cannot be heard';
const DEAF = 'this user may not read the feedback';

/** All situations for one broker and protocol; what is impossible there is left out. */
export function cellsFor(traits: Traits): readonly Cell[] {
  return [
    ...plainCells(traits),
    ...deniedCells(traits),
    ...deviceCells(traits),
    ...lostCells(traits),
    ...changeCells(traits),
  ];
}

/** What a denial ends in here once nothing stands in the way of its proof. */
function provenDenial({ protocol, closesOnDenial }: Traits): string {
  if (protocol === '5') return 'denied/refused';
  return closesOnDenial === true ? 'denied/closed' : 'denied/echo';
}

/** The same by the program itself, as a script would. */
async function giveBySet(
  bench: Bench,
  user: string,
  timeoutS: number,
  device: Device,
  truth: Partial<Truth> = {},
): Promise<Outcome> {
  const pressedAt = Date.now();
  const { verdict, code } = await bench.set(user, 'on', timeoutS);
  const expected = verdict.kind === 'confirmed' ? 0 : verdict.kind === 'denied' ? 77 : 75;
  const faults = [code === expected ? null : `exit code ${code}, not ${expected}`];
  return { verdict, target: 'on', truth, pressedAt, concludedAt: verdict.at, device, faults };
}

/** A cell that gives one command and is done. */
async function give(
  console: Console,
  device: Device | null,
  truth: Partial<Truth> = {},
  target: 'on' | 'off' = 'on',
  switchId: 'relay' | 'lock' = 'relay',
): Promise<Outcome> {
  const pressedAt = Date.now();
  const verdict = await console.command(target, switchId);
  return { verdict, target, truth, pressedAt, device };
}

function plainCells(traits: Traits): readonly Cell[] {
  const isV5 = traits.protocol === '5';
  return [
    {
      situation: 'allowed',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('monitor'), device);
      },
    },
    {
      situation: 'allowed, by hometui set',
      expect: 'confirmed/feedback',
      run: async bench => giveBySet(bench, 'monitor', 2, await bench.device()),
    },
    {
      situation: 'allowed, user may not read commands',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('writer'), device);
      },
    },
    {
      situation: 'denied read of the feedback',
      expect: 'not-confirmed',
      honest: DEAF,
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('deaf'), device, { isDeaf: true });
      },
    },
    {
      situation: 'nobody listening',
      expect: isV5 ? 'nobody-listening/refused' : 'not-confirmed',
      ...(isV5 ? {} : { honest: NO_LISTENERS }),
      run: async bench => give(await bench.console('monitor'), null, { isDeserted: true }),
    },
    {
      situation: 'retained command found',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        await bench.say(bench.place.command, 'on', true);
        await waitUntil(() => device.arrivals.length > 0);
        const console = await bench.console('monitor');
        await console.until(() => console.relay().retainedCommand !== null).catch(() => {});
        const found = console.relay().retainedCommand;
        const outcome = await give(console, device, {}, 'off');
        const isTold = console.state().journal.some(({ text }) => text.includes('mosquitto_pub -r -n'));
        return { ...outcome, faults: [found?.payload === 'on' && isTold ? null : 'the retained command was not told'] };
      },
    },
    {
      situation: 'wrong password',
      expect: 'not-sent',
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('monitor', { password: 'wrong', waits: false });
        const isRefused = console.state().link.phase === 'refused';
        const outcome = await give(console, device, { isOffline: true });
        return { ...outcome, faults: [isRefused ? null : 'the login was not refused'] };
      },
    },
  ];
}

function deniedCells(traits: Traits): readonly Cell[] {
  const isV5 = traits.protocol === '5';
  const timeoutS = traits.closesOnDenial === true ? PATIENT_S : 1;
  const isProvenAtOnce = isV5 || traits.closesOnDenial === true;
  const first = isProvenAtOnce ? { expect: provenDenial(traits) } : { expect: 'not-confirmed', honest: NO_WORD };
  const cells: Cell[] = [
    {
      situation: 'denied publish, the first command',
      ...first,
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('guest', { timeoutS }), device, { isDenied: true });
      },
    },
    {
      situation: 'denied publish, by hometui set',
      ...first,
      run: async bench => giveBySet(bench, 'guest', timeoutS, await bench.device(), { isDenied: true }),
    },
    {
      situation: 'denied publish, the relay repeats its position',
      ...first,
      run: async bench => {
        const device = await bench.device({ repeats: 'on' });
        const console = await bench.console('guest', { timeoutS });
        await console.until(() => console.relay().repeatsItself);
        return give(console, device, { isDenied: true });
      },
    },
    {
      situation: "denied publish, after another client's command was seen",
      expect: provenDenial(traits),
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('guest', { timeoutS });
        await bench.say(bench.place.command, 'off');
        await console.until(() => console.relay().position === 'off');
        return give(console, device, { isDenied: true });
      },
    },
  ];
  cells.push({
    situation: 'denied publish, after an allowed command of another switch',
    ...first,
    run: async bench => {
      const [relay, lock] = [await bench.device(), await bench.lock()];
      const console = await bench.console('monitor', { timeoutS });
      const before = await give(console, relay);
      const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
      return { ...outcome, faults: [before.verdict.kind === 'confirmed' ? null : `before: ${before.verdict.kind}`] };
    },
  });
  cells.push({
    situation: 'denied publish, an allowed one on its way with it',
    // RabbitMQ may close before it has acknowledged the allowed one: then neither is known to be the reason.
    expect: traits.closesOnDenial === true ? 'denied/closed|not-confirmed' : first.expect,
    ...(isV5 ? {} : { honest: traits.closesOnDenial === true ? 'either may have been the reason' : NO_WORD }),
    run: async bench => {
      const [relay, lock] = [await bench.device(), await bench.lock()];
      const console = await bench.console('monitor', { timeoutS });
      const pressedAt = Date.now();
      console.press('on');
      const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
      const other = await console.verdict();
      const isTrue = other.kind === 'confirmed' || (other.kind === 'not-confirmed' && traits.closesOnDenial === true);
      const arrived = relay.arrivals.filter(({ at }) => at >= pressedAt).length;
      const isFit = arrived === (other.kind === 'confirmed' ? 1 : Math.min(arrived, 1));
      const faults = [isTrue ? null : `the allowed one: ${other.kind}`, isFit ? null : `it arrived ${arrived} times`];
      return { ...outcome, faults };
    },
  });
  if (traits.hasAclFile === true) {
    cells.push({
      situation: 'denied publish, after an allowed command of another switch, with --acl FILE',
      expect: isV5 ? 'denied/refused' : 'denied/echo',
      run: async bench => {
        const [relay, lock] = [await bench.device(), await bench.lock()];
        const console = await bench.console('monitor', { withAcl: true });
        await give(console, relay);
        const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
        return { ...outcome, faults: [outcome.verdict.elapsedMs < 900 ? null : 'it waited for the time limit'] };
      },
    });
    cells.push({
      situation: 'denied publish, with --acl FILE',
      expect: isV5 ? 'denied/refused' : 'denied/echo',
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('guest', { withAcl: true });
        const outcome = await give(console, device, { isDenied: true });
        const isPlaced = outcome.verdict.cure?.includes(`${bench.broker.aclFile}:`) === true;
        return { ...outcome, faults: [isPlaced ? null : 'the cure names no line of the file'] };
      },
    });
  }
  if (traits.hasLog === true && !isV5) {
    cells.push({
      situation: 'denied publish, with --broker-log FILE',
      expect: 'denied/logged',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('guest', { withLog: true }), device, { isDenied: true });
      },
    });
  }
  return cells;
}

function deviceCells({ protocol }: Traits): readonly Cell[] {
  const isV5 = protocol === '5';
  return [
    {
      situation: 'device frozen',
      expect: 'not-confirmed',
      mayArriveLate: 'it lay in the socket of the frozen device',
      run: async bench => {
        const device = await bench.freezable();
        const console = await bench.console('monitor');
        device.freeze();
        const outcome = await give(console, device);
        const hadIt = device.arrivals.length > 0;
        await pause(50);
        device.thaw();
        await console.until(() => console.relay().position === 'on');
        const isLate = console.relay().verdict?.detail.startsWith('answered late') === true;
        const faults = [hadIt ? 'it was not frozen' : null, isLate ? null : 'the late answer was not told'];
        return { ...outcome, faults };
      },
    },
    {
      situation: 'device away, its session kept, back after the verdict',
      expect: 'not-confirmed',
      ...(isV5 ? {} : { mayArriveLate: 'MQTT 3.1.1 has no expiry, and the broker keeps it for the device' }),
      run: async bench => {
        const device = await bench.device({ isKept: true });
        await device.leave();
        const outcome = await give(await bench.console('monitor'), device);
        // The broker counts the expiry in whole seconds.
        await pause(2_000);
        await device.comeBack();
        await pause(300);
        return outcome;
      },
    },
    {
      situation: 'device slow, within the time limit',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device({ delayMs: 500 });
        return give(await bench.console('monitor', { timeoutS: 2 }), device);
      },
    },
    {
      situation: 'device slow, after the time limit',
      expect: 'not-confirmed',
      run: async bench => {
        const device = await bench.device({ delayMs: 1_100 });
        const console = await bench.console('monitor');
        const outcome = await give(console, device);
        await console.until(() => console.relay().position === 'on');
        const isLate = console.relay().verdict?.detail.startsWith('answered late') === true;
        return { ...outcome, faults: [isLate ? null : 'the late answer was not told'] };
      },
    },
    {
      situation: 'relay stuck',
      expect: 'not-confirmed',
      run: async bench => {
        const device = await bench.device({ answer: () => 'off' });
        const outcome = await give(await bench.console('monitor'), device);
        const isTold = outcome.verdict.detail.endsWith('answered off instead');
        return { ...outcome, faults: [isTold ? null : 'the contradiction was not told'] };
      },
    },
  ];
}

function lostCells(traits: Traits): readonly Cell[] {
  const isV5 = traits.protocol === '5';
  // An orderly close right after a publish may be a denial with MQTT 3.1.1: it is tried once more to tell.
  const repeated: Pick<Cell, 'expect' | 'honest' | 'mostArrivals'> = isV5
    ? { expect: 'not-confirmed', honest: LINK_GONE }
    : { expect: 'confirmed/feedback', mostArrivals: 2 };
  const cells: Cell[] = [
    {
      situation: 'link cut before the command arrived',
      ...repeated,
      mostArrivals: 1,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        proxy.cutBefore();
        return give(console, device);
      },
    },
    {
      situation: 'link cut after the command arrived',
      ...repeated,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        proxy.cutAfter();
        return give(console, device, isV5 ? { isDeaf: true } : {});
      },
    },
    {
      situation: 'link dead in mid-command, alive again after the verdict',
      expect: 'not-confirmed',
      honest: LINK_GONE,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { url: proxy.url });
        proxy.stall();
        const outcome = await give(console, device, { isDeaf: true });
        await console.until(state => state.link.phase !== 'connected');
        await waitUntil(() => proxy.isLeft());
        proxy.heal();
        await console.until(state => state.link.phase === 'connected');
        return outcome;
      },
    },
    {
      situation: 'link cut while the device was at it',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device({ delayMs: 2_500 });
        const proxy = await bench.proxy();
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        const pressedAt = Date.now();
        console.press('on');
        await console.until(() => console.relay().command?.phase === 'acknowledged');
        await waitUntil(() => device.arrivals.length > 0);
        proxy.cutNow();
        return { verdict: await console.verdict(), target: 'on', truth: {}, pressedAt, device };
      },
    },
    {
      situation: 'broker restarted in mid-command, answer lost',
      expect: 'not-confirmed',
      honest: LINK_GONE,
      isAlone: true,
      run: async bench => {
        const device = await bench.device({ delayMs: 300 });
        return { ...(await restartInMidCommand(bench, device, 1)), truth: { isDeaf: true } };
      },
    },
  ];
  if (traits.freezes === true) {
    cells.push({
      situation: 'broker killed before it took the command',
      expect: 'not-confirmed',
      honest: LINK_GONE,
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('monitor', { timeoutS: PATIENT_S });
        bench.broker.freeze?.();
        const pressedAt = Date.now();
        console.press('on');
        await pause(200);
        const [verdict] = await Promise.all([console.verdict(), bench.broker.restart()]);
        await console.until(state => state.link.phase === 'connected');
        return { verdict, target: 'on', truth: { isDeaf: true }, pressedAt, device };
      },
    });
  }
  if (traits.restartsQuickly === true) {
    cells.push({
      situation: 'broker restarted in mid-command, answer afterwards',
      expect: 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device({ delayMs: 3_000 });
        return restartInMidCommand(bench, device, PATIENT_S);
      },
    });
  }
  return cells;
}

async function restartInMidCommand(bench: Bench, device: Device, timeoutS: number): Promise<Outcome> {
  const console = await bench.console('monitor', { timeoutS });
  const pressedAt = Date.now();
  console.press('on');
  await console.until(() => console.relay().command?.phase === 'acknowledged');
  await waitUntil(() => device.arrivals.length > 0);
  await bench.broker.restart();
  return { verdict: await console.verdict(), target: 'on', truth: {}, pressedAt, device };
}

function changeCells(traits: Traits): readonly Cell[] {
  const { kicks = false, keepsRights = false, protocol } = traits;
  const cells: Cell[] = [
    {
      situation: 'password changed while connected',
      expect: kicks ? 'not-sent' : 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('changing');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { password: 'another' }));
        if (kicks) await console.until(state => state.link.phase === 'refused');
        return give(console, device, { isOffline: kicks });
      },
    },
    {
      situation: 'ACL changed under a live session: right to write taken',
      // RabbitMQ goes on letting an open connection write what it has written: the device is the witness.
      expect: keepsRights ? 'confirmed/feedback' : provenDenial(traits),
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('changing');
        const before = await console.command('on');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { write: [] }));
        const outcome = await give(console, device, { isDenied: !keepsRights }, 'off');
        return { ...outcome, faults: [before.kind === 'confirmed' ? null : `before: ${before.kind}`] };
      },
    },
  ];
  if (keepsRights) return cells;
  cells.push({
    situation: 'ACL changed under a live session: right to write given',
    expect: 'confirmed/feedback',
    isAlone: true,
    run: async bench => {
      await bench.broker.change(changeUser(verdictUsers, 'changing', { write: [] }));
      const device = await bench.device();
      const console = await bench.console('changing');
      const before = await console.command('on');
      await bench.broker.change(verdictUsers);
      const outcome = await give(console, device);
      const isRight = before.kind === (protocol === '5' ? 'denied' : 'not-confirmed');
      return { ...outcome, faults: [isRight ? null : `before: ${before.kind}`] };
    },
  });
  for (const delayMs of [50, 600]) {
    cells.push({
      situation: `ACL changed under a live session: right to read commands taken, device answers in ${delayMs} ms`,
      expect: 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device({ delayMs });
        const console = await bench.console('changing', { timeoutS: 2 });
        const before = await console.command('on');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { read: ['home/+/done'] }));
        const outcome = await give(console, device, {}, 'off');
        return { ...outcome, faults: [before.kind === 'confirmed' ? null : `before: ${before.kind}`] };
      },
    });
  }
  return cells;
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
