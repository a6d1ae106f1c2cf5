import { decodeField } from '../../mqtt/payload.ts';
import { topicNameFault } from '../../mqtt/topic.ts';
import { fail, ok, type Result } from '../../result.ts';
import { type Fields, numberOf, payloadOf, textOf, textsOf, unitOf } from '../document.ts';
import type { Seen } from '../observer.ts';
import type { Found, Proposal } from '../proposal.ts';
import { binaryWords } from './binary-words.ts';
import { parseCommandTemplate, parseTemplate } from './template.ts';

/** What one component of Home Assistant is to a house, or in a clause why it is nothing. */
type Component = Result<Pick<Proposal, 'found' | 'expireAfter'>, string>;

/** Reads one component, its names written out. */
export function readComponent(component: string, config: Fields, seen: Seen): Component {
  const found = readFound(component, config, seen);
  if (!found.ok) return found;
  const expireAfter = numberOf(config.expire_after);
  return ok({ found: found.value, ...(expireAfter !== null && expireAfter > 0 ? { expireAfter } : {}) });
}

function readFound(component: string, config: Fields, seen: Seen): Result<Found, string> {
  switch (component) {
    case 'sensor':
      return readSensor(config, seen);
    case 'binary_sensor':
      return readBinary(config);
    case 'switch':
    case 'fan':
    case 'siren':
    case 'light':
      return readSwitch(config);
    case 'lock':
      return readMoved(config, {
        payloads: ['payload_lock', 'LOCK', 'payload_unlock', 'UNLOCK'],
        answers: ['state_locked', 'LOCKED', 'state_unlocked', 'UNLOCKED'],
      });
    case 'valve':
      return config.reports_position === true
        ? fail('a valve that reports its position is no kind of a house file')
        : readMoved(config, {
            payloads: ['payload_open', 'OPEN', 'payload_close', 'CLOSE'],
            answers: ['state_open', 'open', 'state_closed', 'closed'],
          });
    case 'number':
      return readNumber(config);
    case 'select':
      return readSelect(config);
    case 'text':
      return textOf(config.state_topic) === null ? fail(NO_STATE) : readState(config);
    case 'button':
    case 'scene':
      return readButton(config, component);
    case 'event':
      return readEvent(config);
    case 'device_automation':
      return readTrigger(config);
    default:
      return fail(`a ${component.replace(/_/g, ' ')} is no kind of a house file`);
  }
}

/** What a house file takes for a delay, seconds. */
const LONGEST_DELAY_S = 604_800;
const NO_STATE = 'it names no state topic';
const NO_COMMAND = 'it names no command topic';

interface Place {
  readonly topic: string;
  readonly path?: string;
  readonly decimals?: number;
}

/** Where the state stands: topic and template, under whichever names the component has for them. */
function placeOf(config: Fields, templateName = 'value_template'): Result<Place, string> {
  const topic = textOf(config.state_topic);
  if (topic === null) return fail(NO_STATE);
  const fault = topicNameFault(topic);
  if (fault !== null) return fail(`its state topic is none: ${fault}`);
  const template = textOf(config[templateName]) ?? textOf(config.value_template);
  if (template === null) return ok({ topic });
  const parsed = parseTemplate(template);
  return parsed.ok ? ok({ topic, ...parsed.value }) : parsed;
}

interface Answer {
  readonly feedback?: string;
  readonly path?: string;
}

/** Where what is commanded answers; nowhere for what is taken for done, which then is never confirmed. */
function answerOf(config: Fields, templateName?: string): Result<Answer, string> {
  if (config.optimistic === true || textOf(config.state_topic) === null) return ok({});
  const place = placeOf(config, templateName);
  if (!place.ok) return place;
  const { topic: feedback, path } = place.value;
  return ok({ feedback, ...(path === undefined ? {} : { path }) });
}

function commandOf(config: Fields): Result<string, string> {
  const topic = textOf(config.command_topic);
  if (topic === null) return fail(NO_COMMAND);
  const fault = topicNameFault(topic);
  return fault === null ? ok(topic) : fail(`its command topic is none: ${fault}`);
}

function readSensor(config: Fields, seen: Seen): Result<Found, string> {
  const place = placeOf(config);
  if (!place.ok) return place;
  const { topic, path } = place.value;
  const unit = unitOf(config.unit_of_measurement);
  const isNumber = unit !== '' || textOf(config.state_class) !== null || holdsNumber(seen, topic, path);
  const isText = config.device_class === 'enum' || config.device_class === 'timestamp' || textsOf(config.options);
  if (isText || !isNumber) return readState(config);
  const precision = numberOf(config.suggested_display_precision) ?? place.value.decimals ?? null;
  const decimals = precision === null ? {} : { decimals: Math.max(0, Math.min(3, Math.trunc(precision))) };
  return ok({ kind: 'sensor', topic, ...(path === undefined ? {} : { path }), unit, ...decimals });
}

function holdsNumber(seen: Seen, topic: string, path: string | undefined): boolean {
  const text = seen.topics.get(topic)?.text;
  if (text == null) return false;
  const field = decodeField(new TextEncoder().encode(text), path);
  return field.ok && /^[+-]?\d+(?:\.\d+)?$/.test(field.value);
}

function readState(config: Fields): Result<Found, string> {
  const place = placeOf(config);
  if (!place.ok) return place;
  const { decimals: _, ...where } = place.value;
  const options = textsOf(config.options);
  return ok({ kind: 'state', ...where, ...(options === null ? {} : { options }) });
}

function readBinary(config: Fields): Result<Found, string> {
  const place = placeOf(config);
  if (!place.ok) return place;
  const { decimals: _, ...where } = place.value;
  const payloads = { on: payloadOf(config.payload_on) ?? 'ON', off: payloadOf(config.payload_off) ?? 'OFF' };
  const offDelay = numberOf(config.off_delay);
  const fades = offDelay !== null && offDelay > 0 ? { offAfter: Math.min(offDelay, LONGEST_DELAY_S) } : {};
  return ok({ kind: 'binary', ...where, payloads, words: binaryWords(textOf(config.device_class)), ...fades });
}

/** A switch, and of a fan, a siren and a light that they are on. */
function readSwitch(config: Fields): Result<Found, string> {
  const isJson = config.schema === 'json';
  if (config.schema === 'template') return fail('a light by templates is a program, which hometui does not run');
  const command = commandOf(config);
  if (!command.ok) return command;
  const answer = answerOf(config, 'state_value_template');
  if (!answer.ok) return answer;
  const template = commandTemplate(isJson ? { command_template: '{"state": "{{ value }}"}' } : config);
  if (!template.ok) return template;
  const words = { on: payloadOf(config.payload_on) ?? 'ON', off: payloadOf(config.payload_off) ?? 'OFF' };
  const answers = { on: payloadOf(config.state_on) ?? words.on, off: payloadOf(config.state_off) ?? words.off };
  const fill = (word: string): string => (template.value === null ? word : template.value.replace('%s', () => word));
  const path = isJson && answer.value.feedback !== undefined ? { path: 'state' } : {};
  const payloads = { on: fill(words.on), off: fill(words.off) };
  return ok({ kind: 'switch', command: command.value, ...answer.value, ...path, payloads, answers });
}

type Named = readonly [onName: string, on: string, offName: string, off: string];

/** What has a key or a handle: it is asked about before it moves. */
function readMoved(config: Fields, by: { readonly payloads: Named; readonly answers: Named }): Result<Found, string> {
  const command = commandOf(config);
  if (!command.ok) return command;
  const answer = answerOf(config);
  if (!answer.ok) return answer;
  const pick = ([onName, on, offName, off]: Named) => ({
    on: payloadOf(config[onName]) ?? on,
    off: payloadOf(config[offName]) ?? off,
  });
  const where = { command: command.value, ...answer.value };
  return ok({ kind: 'switch', ...where, payloads: pick(by.payloads), answers: pick(by.answers), asks: true });
}

function commandTemplate(config: Fields): Result<string | null, string> {
  const template = textOf(config.command_template);
  return template === null ? ok(null) : parseCommandTemplate(template);
}

/** Command, template and feedback of what takes a value. */
function settable(config: Fields): Result<Answer & { readonly command: string; readonly template?: string }, string> {
  const command = commandOf(config);
  if (!command.ok) return command;
  const answer = answerOf(config);
  if (!answer.ok) return answer;
  const template = commandTemplate(config);
  if (!template.ok) return template;
  return ok({
    ...{ command: command.value, ...answer.value },
    ...(template.value === null ? {} : { template: template.value }),
  });
}

function readNumber(config: Fields): Result<Found, string> {
  const where = settable(config);
  if (!where.ok) return where;
  const bounds = { min: numberOf(config.min) ?? 1, max: numberOf(config.max) ?? 100, step: numberOf(config.step) ?? 1 };
  if (bounds.min >= bounds.max || bounds.step <= 0) return fail('its bounds make no sense');
  return ok({ kind: 'number', ...where.value, unit: unitOf(config.unit_of_measurement), ...bounds });
}

function readSelect(config: Fields): Result<Found, string> {
  const where = settable(config);
  if (!where.ok) return where;
  const options = textsOf(config.options);
  return options === null ? fail('it names no options') : ok({ kind: 'select', ...where.value, options });
}

function readButton(config: Fields, component: string): Result<Found, string> {
  const command = commandOf(config);
  if (!command.ok) return command;
  const [given, usual] = component === 'scene' ? [config.payload_on, 'ON'] : [config.payload_press, 'PRESS'];
  const template = commandTemplate(config);
  if (!template.ok) return template;
  const word = payloadOf(given) ?? usual;
  const payload = template.value === null ? word : template.value.replace('%s', () => word);
  return ok({ kind: 'button', command: command.value, payload });
}

function readEvent(config: Fields): Result<Found, string> {
  const place = placeOf(config);
  if (!place.ok) return place;
  const options = textsOf(config.event_types);
  const { topic, path = 'event_type' } = place.value;
  return ok({ kind: 'event', topic, path, ...(options === null ? {} : { options }) });
}

/** A trigger is one payload on one topic. */
function readTrigger(config: Fields): Result<Found, string> {
  const topic = textOf(config.topic);
  if (topic === null) return fail('it names no topic');
  const template = textOf(config.value_template);
  const parsed = template === null ? ok({}) : parseTemplate(template);
  if (!parsed.ok) return parsed;
  const { path } = parsed.value as { readonly path?: string };
  const payload = payloadOf(config.payload);
  return ok({
    ...{ kind: 'event', topic },
    ...(path === undefined ? {} : { path }),
    ...(payload === null ? {} : { options: [payload] }),
  });
}
