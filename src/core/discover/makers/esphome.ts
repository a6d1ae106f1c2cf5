import { labelText, wordsOfName } from '../document.ts';
import { quantityOf } from '../guess/quantities.ts';
import type { Seen } from '../observer.ts';
import { deviceOf, type Findings, type Found, type Proposal, type ProposedDevice } from '../proposal.ts';
import { binaryWords } from './binary-words.ts';

const STATE = /^(.+)\/(sensor|binary_sensor|text_sensor|switch|light|fan)\/([^/]+)\/state$/;

/**
 * Reads ESPHome devices by their topics, for those whose discovery is off: `NAME/KIND/OBJECT/state` beside a
 * `NAME/status`. Their units are not on the wire.
 */
export function readEsphome(seen: Seen): Findings {
  const proposals: Proposal[] = [];
  const devices = new Map<string, ProposedDevice>();
  const explained: string[] = [];
  for (const heard of seen.topics.values()) {
    const [, root = '', kind = '', object = ''] = STATE.exec(heard.topic) ?? [];
    const status = `${root}/status`;
    const isThere = /^(online|offline)$/.test(seen.topics.get(status)?.text ?? '');
    if (kind === '' || !isThere) continue;
    const { topic } = heard;
    const key = `esphome ${root}`;
    explained.push(topic, status, `${root}/debug`, topic.replace(/state$/, 'command'));
    const availabilities = [{ topic: status, online: ['online'], offline: ['offline'] }];
    const signs = [`${status} and the topics beside it are ESPHome's`];
    devices.set(key, deviceOf({ key, label: labelText(root), availabilities, evidence: signs }));
    const { found, why } = foundOf(kind, topic, object, Number(heard.text));
    const evidence = [`${topic} is where ESPHome has a ${kind.replace('_', ' ')}`, ...why];
    proposals.push({ found, label: wordsOfName(object), device: key, basis: 'stated', evidence, isExtra: false });
  }
  return { proposals, devices: [...devices.values()], untaken: [], explained };
}

function foundOf(kind: string, topic: string, object: string, value: number): { found: Found; why: readonly string[] } {
  const payloads = { on: 'ON', off: 'OFF' };
  if (kind === 'binary_sensor')
    return { found: { kind: 'binary', topic, payloads, words: binaryWords(object) }, why: [] };
  if (kind === 'text_sensor') return { found: { kind: 'state', topic }, why: [] };
  if (kind === 'sensor') {
    const { unit, range, why } = quantityOf([object], value, []);
    return { found: { kind: 'sensor', topic, unit, ...(range === undefined ? {} : { range }) }, why: [why] };
  }
  const command = topic.replace(/state$/, 'command');
  // A light speaks JSON.
  if (kind !== 'light')
    return { found: { kind: 'switch', command, feedback: topic, payloads, answers: payloads }, why: [] };
  const set = (state: string): string => JSON.stringify({ state });
  return {
    found: {
      ...{ kind: 'switch', command, feedback: topic, path: 'state', answers: payloads },
      payloads: { on: set('ON'), off: set('OFF') },
    },
    why: [],
  };
}
