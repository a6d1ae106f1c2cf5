import { type DeviceReport, type RunningDevice, runDevice } from '../../app/device-runner.ts';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import { formatDuration } from '../../core/duration.ts';
import type { HouseConfig } from '../../core/house/schema.ts';
import { isLoginRefusal } from '../../core/mqtt/reason-code.ts';
import { describeDeviceEvent } from '../../core/simulation/describe-event.ts';
import {
  type DeviceName,
  describeDevice,
  deviceNames,
  isDeviceName,
} from '../../core/simulation/device-description.ts';
import { type Fault, parseFault } from '../../core/simulation/fault.ts';
import type { Clock } from '../../io/clock.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';

export interface SimulateOptions {
  /** The devices as they were typed. */
  readonly operands: readonly string[];
  /** `KIND`, `KIND@SECONDS` or `KIND:SECONDS`, as they were typed; each is for every device. */
  readonly faults: readonly string[];
  /** 0.1 to 1000. */
  readonly speed: number;
  readonly seed: number;
  readonly house: HouseConfig;
  /** The connection of a device; `user` is the one that the house file names for it. Rejects with a `Failure`. */
  readonly linkFor: (user: string) => Promise<LinkOptions>;
}

/** What the command needs of the world. */
export interface SimulateWorld {
  readonly writeLine: (line: string) => void;
  readonly clock: Clock;
  /** Gives what asks for the end; called when nothing is left to be asked for. Already aborted: nothing is started. */
  readonly listen: () => AbortSignal;
}

/**
 * Runs devices until the signal, which ends it with 0, or until the broker refuses a login: 77. Throws `Failure` (64)
 * for operands and faults that make no sense.
 */
export async function runSimulate(options: SimulateOptions, world: SimulateWorld): Promise<ExitCode> {
  const names = readDevices(options.operands);
  const faults = options.faults.map(readFault);
  const devices = names.map(name => ({
    description: describeDevice(name, options.house),
    faults,
    speed: options.speed,
  }));
  const links: LinkOptions[] = [];
  // One after the other: each may ask for a password on the one terminal.
  for (const { description } of devices) links.push(await options.linkFor(description.user));
  const signal = world.listen();
  if (signal.aborted) return ExitCode.ok;
  world.writeLine(describeStart(names, faults, options, links[0]?.session.url ?? ''));
  const running: RunningDevice[] = [];
  try {
    return await new Promise<ExitCode>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(ExitCode.ok), { once: true });
      for (const [index, device] of devices.entries()) {
        const link = links[index];
        if (link === undefined) continue;
        const say = sayChanges(world, device.description.name, link);
        const report = (what: DeviceReport): void => {
          say(what);
          if (what.kind === 'refused') reject(refusedFailure(device.description.name, link, what));
        };
        running.push(runDevice({ device, link, seed: options.seed, clock: world.clock, report }));
      }
    });
  } finally {
    await Promise.all(running.map(device => device.close()));
  }
}

function readDevices(operands: readonly string[]): readonly DeviceName[] {
  const known = deviceNames.join(' and ');
  if (operands.length === 0) throw new Failure(ExitCode.usage, 'no device is named', `Name ${known}, or both.`);
  const names: DeviceName[] = [];
  for (const name of operands) {
    if (!isDeviceName(name)) {
      throw new Failure(ExitCode.usage, `there is no device "${cleanText(name)}"`, `The devices are ${known}.`);
    }
    if (!names.includes(name)) names.push(name);
  }
  return names;
}

function readFault(text: string): Fault {
  const fault = parseFault(text);
  if (fault.ok) return fault.value;
  throw new Failure(ExitCode.usage, cleanText(fault.error.message), fault.error.cure);
}

function describeStart(
  names: readonly DeviceName[],
  faults: readonly Fault[],
  { speed }: SimulateOptions,
  url: string,
): string {
  const facts = [`Simulating ${names.join(' and ')} on ${cleanText(url)}`];
  if (speed !== 1) facts.push(`at ${speed} times the speed`);
  for (const { kind, fromMs } of faults) {
    facts.push(fromMs === 0 ? `fault ${kind}` : `fault ${kind} after ${formatDuration(fromMs)}`);
  }
  return `${facts.join(', ')}. Ctrl-C ends it.`;
}

/** Writes one line per thing that a device reports; the tries that fail for one and the same reason are one thing. */
function sayChanges(world: SimulateWorld, name: DeviceName, link: LinkOptions): (report: DeviceReport) => void {
  let lastReason: string | null = null;
  return report => {
    const reason = report.kind === 'disconnected' ? report.reason : null;
    const isRepeated = reason !== null && reason === lastReason;
    if (report.kind === 'disconnected' || report.kind === 'connected') lastReason = reason;
    if (!isRepeated) world.writeLine(`${name}: ${describeReport(report, link)}`);
  };
}

function describeReport(report: DeviceReport, { session }: LinkOptions): string {
  switch (report.kind) {
    case 'connected': {
      const who = session.user === null ? 'without a user' : `as ${cleanText(session.user)}`;
      return `connected ${who}, client identifier ${cleanText(session.clientId)}`;
    }
    case 'disconnected':
      return `not connected: ${report.reason}; it tries again until that changes${report.cure === null ? '' : `\n  ${report.cure}`}`;
    case 'refused':
      return `login refused: ${report.reason}`;
    case 'subscription-refused':
      return `the broker does not let it read ${cleanText(report.topic)}: no command will arrive there`;
    default:
      return describeDeviceEvent(report);
  }
}

function refusedFailure(
  name: DeviceName,
  { session }: LinkOptions,
  refusal: { readonly code: number; readonly reason: string },
) {
  const who = session.user === null ? 'without a user' : `as "${cleanText(session.user)}"`;
  const message = `the broker at ${cleanText(session.url)} refused ${name} ${who}: ${refusal.reason}`;
  const cure = isLoginRefusal(refusal.code)
    ? 'Check the user name, which is case-sensitive, and the password.'
    : 'Try another protocol version with --protocol-version 311 or 5.';
  return new Failure(ExitCode.denied, message, cure);
}
