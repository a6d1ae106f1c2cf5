import { ExitCode } from '../../app/exit-code.ts';
import { isoTime } from '../../core/format/iso-time.ts';
import type { Role, Style } from '../../core/format/style.ts';
import type { LinkState, Session } from '../../core/home/state/link.ts';
import type { Position, Verdict } from '../../core/home/state/switch.ts';
import { timeoutOf } from '../../core/home/switches/update-command.ts';
import { verdictText } from '../../core/home/switches/verdict-text.ts';
import { type House, labelOf } from '../../core/house/house.ts';
import { commandPayload, valueText } from '../../core/house/values/commanded.ts';
import { jsonText } from '../../core/json-text.ts';
import { inQuotes } from '../../core/mqtt/payload.ts';
import type { SwitchRequest } from '../args/switch-requests.ts';

/** How a request ended: a verdict, or `not-sent` without a target where it was not even tried. */
export type Outcome = Omit<Verdict, 'at' | 'target'> & { readonly target: Position | null };

const ROLES: Readonly<Record<Verdict['kind'], Role>> = {
  confirmed: 'good',
  denied: 'critical',
  'nobody-listening': 'warning',
  'not-confirmed': 'warning',
  'not-sent': 'warning',
};

/** The outcome for people: the verdict, and below it what to do about it. */
export function outcomeText(request: SwitchRequest, outcome: Outcome, house: House, at: number, style: Style): string {
  const target = outcome.target ?? request.target;
  const text = verdictText({ ...outcome, at, target }, valueText(target, house.switches.get(request.id)));
  const cure = outcome.cure === null ? '' : `  ${outcome.cure}\n`;
  return `${style(`${labelOf(house, request.id)} ${text}`, ROLES[outcome.kind])}\n${cure}`;
}

/** The outcome as one JSON object, shaped as a verdict of `watch --format json`. */
export function outcomeJson(request: SwitchRequest, outcome: Outcome, house: House, at: number): string {
  const { kind, target, elapsedMs, evidence, detail, cure } = outcome;
  const head = { type: 'verdict', at: isoTime(at), id: request.id, label: labelOf(house, request.id) };
  return `${jsonText({ ...head, requested: request.target, target, verdict: kind, elapsedMs, evidence, detail, cure })}\n`;
}

/** The code to exit with for a verdict that is not `confirmed`. */
export function codeOfVerdict({ kind, target }: Outcome, link: LinkState): ExitCode {
  if (kind === 'confirmed') return ExitCode.ok;
  if (kind === 'denied') return ExitCode.denied;
  // Not sent because there was no connection; a toggle that was refused is the user's to repeat.
  if (kind === 'not-sent' && target !== null && link.phase !== 'connected') return ExitCode.unreachable;
  return ExitCode.notConfirmed;
}

/** What `--dry-run` says about one request. */
export function planText(request: SwitchRequest, house: House, session: Session): string {
  const config = house.switches.get(request.id);
  if (config === undefined) return '';
  const isToggle = request.target === 'toggle';
  const payload = isToggle ? 'the other position' : inQuotes(commandPayload(config, request.target));
  const who = session.user === null ? '' : ` as ${session.user}`;
  const wait =
    config.feedback === undefined
      ? 'and not be told whether it was done: it gives no feedback'
      : `and wait up to ${timeoutOf(config)} s for feedback on ${config.feedback}`;
  const target = isToggle ? request.target : valueText(request.target, config);
  return `${config.label} ${target}: would publish ${payload} to ${config.command} at ${session.url}${who},\n  ${wait}\n`;
}

/** The same as one JSON object; `payload` is `null` for a toggle, which is only known once connected. */
export function planJson(request: SwitchRequest, house: House, session: Session): string {
  const config = house.switches.get(request.id);
  const isKnown = config !== undefined && request.target !== 'toggle';
  const payload = isKnown ? commandPayload(config, request.target) : null;
  const topics = { command: config?.command ?? null, feedback: config?.feedback ?? null };
  const broker = { url: session.url, user: session.user };
  return `${jsonText({ type: 'plan', id: request.id, requested: request.target, payload, ...topics, broker })}\n`;
}
