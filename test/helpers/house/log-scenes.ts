import type { Random } from '../random/random.ts';

/** What happens on a broker, in no version's words. */
export type SceneStep =
  | { readonly kind: 'login'; readonly id: string; readonly user: string | null; readonly from: Peer }
  | {
      readonly kind: 'take-over';
      readonly id: string;
      readonly user: string | null;
      readonly from: Peer;
      readonly old: Peer;
    }
  | { readonly kind: 'refused' | 'left' | 'closed' | 'timeout' | 'reset'; readonly id: string; readonly from: Peer }
  | { readonly kind: 'protocol'; readonly id: string; readonly from: Peer; readonly why: string }
  | { readonly kind: 'garbage'; readonly from: Peer }
  | { readonly kind: 'denied'; readonly id: string; readonly topic: string }
  | { readonly kind: 'reload' };

/** The other end of a connection. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

const NAMES = [
  'heating',
  'dht-1',
  'heat [x]',
  '',
  ' ',
  "evil (p5, c1, k60, u'master').",
  'x disconnected: session taken over.',
  'Client dht-1 disconnected.',
  'a closed its connection.',
  'ü',
];
const USERS = ['heating', 'dhtclient', 'monitor', "it's", null];
const ADDRESSES = ['127.0.0.1', '192.168.1.20', '::1', 'fe80::1:2'];
const REASONS = ['protocol error', 'malformed packet', 'oversize packet', 'oversize payload', 'out of memory'];
const TOPICS = ['heating/burner', 'cellar/fan', "odd', 'topic"];

/** A scene in which each connection ends at most once, of some `length` steps. */
export function randomScene(random: Random, length: number): readonly SceneStep[] {
  const open = new Map<string, Peer>();
  const steps: SceneStep[] = [];
  let port = 40_000;
  for (let index = 0; index < length; index++) {
    const id = random.pick(NAMES);
    const from = { address: random.pick(ADDRESSES), port: ++port };
    const old = open.get(id);
    const user = random.pick(USERS);
    const chance = random.below(10);
    if (chance < 3) {
      steps.push(old === undefined ? { kind: 'login', id, user, from } : { kind: 'take-over', id, user, from, old });
      open.set(id, from);
    } else if (chance === 3) steps.push({ kind: 'refused', id: `wrong-${id}`, from });
    else if (chance === 4) steps.push(random.chance(0.5) ? { kind: 'reload' } : { kind: 'garbage', from });
    else if (chance === 5) steps.push({ kind: 'denied', id, topic: random.pick(TOPICS) });
    else if (old !== undefined) {
      const end = random.pick(['left', 'closed', 'timeout', 'reset', 'protocol'] as const);
      steps.push(
        end === 'protocol' ? { kind: end, id, from: old, why: random.pick(REASONS) } : { kind: end, id, from: old },
      );
      open.delete(id);
    }
  }
  return steps;
}

/** A scene as mosquitto 2.0.22 and 2.1.2 log it, without stamps. */
export function writeScene(steps: readonly SceneStep[], version: '2.0' | '2.1'): readonly (readonly string[])[] {
  return steps.map(step => (version === '2.0' ? linesOf20(step) : linesOf21(step)));
}

function login(step: SceneStep & { kind: 'login' | 'take-over' }, protocol: number): string {
  const user = step.user === null ? '' : `, u'${step.user}'`;
  return `New client connected from ${step.from.address}:${step.from.port} as ${step.id} (p${protocol}, c1, k10${user}).`;
}

function common(step: SceneStep & { kind: 'denied' | 'reload' }): readonly string[] {
  if (step.kind === 'reload') return ['Reloading config.'];
  return [`Denied PUBLISH from ${step.id} (d0, q1, r0, m1, '${step.topic}', ... (2 bytes))`];
}

function linesOf20(step: SceneStep): readonly string[] {
  switch (step.kind) {
    case 'login':
      return [login(step, 2)];
    case 'take-over':
      return [`Client ${step.id} already connected, closing old connection.`, login(step, 2)];
    case 'refused':
      return [`Client ${step.id} disconnected, not authorised.`];
    case 'left':
      return [`Client ${step.id} disconnected.`];
    case 'closed':
      return [`Client ${step.id} closed its connection.`];
    case 'timeout':
      return [`Client ${step.id} has exceeded timeout, disconnecting.`];
    case 'reset':
      return [`Client ${step.id} disconnected: Connection reset by peer.`];
    case 'protocol':
      return [`Client ${step.id} disconnected due to ${step.why}.`];
    case 'garbage':
      return ['Client <unknown> disconnected due to protocol error.'];
    default:
      return common(step);
  }
}

function linesOf21(step: SceneStep): readonly string[] {
  if (step.kind === 'denied' || step.kind === 'reload') return common(step);
  const end = (id: string, { address, port }: Peer, reason: string): string =>
    `Client ${id} [${address}:${port}] disconnected${reason}.`;
  switch (step.kind) {
    case 'login':
      return [login(step, 4)];
    case 'take-over':
      return [end(step.id, step.old, ': session taken over'), login(step, 4)];
    case 'refused':
      return [end(step.id, step.from, ': not authorised')];
    case 'left':
      return [end(step.id, step.from, '')];
    case 'closed':
      return [end(step.id, step.from, ': connection closed by client')];
    case 'timeout':
      return [end(step.id, step.from, ': exceeded timeout')];
    case 'reset':
      return [end(step.id, step.from, ': Connection reset by peer')];
    case 'protocol':
      return [end(step.id, step.from, `: ${step.why}`)];
    case 'garbage':
      return [end(step.from.address, step.from, ': protocol error')];
  }
}
