import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { LinkFailure } from '../../core/home/state/link.ts';
import { planProbe } from '../../core/mosquitto/acl-probe.ts';
import { publishOnce } from '../../io/mqtt-link/publish-once.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { readConnection, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';
import { readAcl } from './files.ts';
import {
  type ProbeReport,
  probeJson,
  probeText,
  reportAnswer,
  reportMayWriteAll,
  reportOldProtocol,
  reportUnanswered,
} from './probe-report.ts';

const CODES: Readonly<Record<ProbeReport['verdict'], ExitCode>> = {
  'in-force': ExitCode.ok,
  'not-in-force': ExitCode.critical,
  unknown: ExitCode.unknown,
};

/**
 * `hometui acl probe FILE`: whether the broker decides by this file, proven by one publish that the file denies: empty,
 * not retained, to a topic of its own. Done only when it is asked for. Exits 0 in force, 2 not in force, 3 not known.
 */
export async function probeAcl(file: string, args: Arguments, world: World): Promise<ExitCode> {
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const report = await probe(file, args, world);
  await print(world.stdout, isJson ? probeJson(report) : probeText(report, styleFor(world)));
  return CODES[report.verdict];
}

async function probe(file: string, args: Arguments, world: World): Promise<ProbeReport> {
  const acl = readAcl(file);
  const { link, settings } = await readConnection(args, world);
  const { session } = link;
  const unsent = { acl, user: session.user, topic: null };
  if (settings.protocolVersion.value === '311') return reportOldProtocol(unsent);
  const plan = planProbe(acl, session, randomTag(world.random));
  if (plan.kind === 'may-write-all') return reportMayWriteAll(unsent, plan);
  const { topic } = plan;
  const login = await withPassword(link, settings, world);
  // With 3.1.1 the answer would say nothing.
  const outcome = await publishOnce(
    { ...login, protocolVersion: '5' },
    { topic, payload: '', expirySeconds: 1 },
    world.clock,
  );
  if (outcome.kind === 'acknowledged') return reportAnswer({ ...unsent, topic }, outcome.code);
  if (!outcome.wasPublished) throwWithoutLink(outcome.failure);
  return reportUnanswered(outcome.wasPublished ? { ...unsent, topic } : unsent, outcome.failure);
}

/** Throws a `Failure` where there was no broker to ask (69), or none that let this user in (77). */
function throwWithoutLink({ kind, message, cure }: LinkFailure): void {
  if (kind === 'login-refused') throw new Failure(ExitCode.denied, message, cure);
  if (kind === 'protocol' || kind === 'closed') return;
  throw new Failure(ExitCode.unreachable, message, cure);
}

/** Sixteen hexadecimal digits: nobody waits for such a topic. */
function randomTag(random: () => number): string {
  const half = (): string =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return half() + half();
}
