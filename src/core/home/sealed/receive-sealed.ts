import { clientLabelOf } from '../../house/house.ts';
import type { OpenedSeal, SealSeen } from '../../sealed/seal-seen.ts';
import type { ClientState } from '../state/client.ts';
import { notePassing } from '../state/issues.ts';
import type { ClientSeal, RefusedMessage, SealRefusal } from '../state/seal.ts';
import type { HomeState } from '../state/state.ts';
import { getRow, setRow } from '../state/table.ts';
import { isCommandOld, judgeMessage } from './judge-seal.ts';

/** After so long without another one, ms, a refused message is news again. */
const QUIET_MS = 600_000;
/** So many ids of commands are kept: more than a device takes in their time. */
const MOST_IDS = 16;

/** A message on a topic whose device seals. */
export interface SealedMessage {
  readonly topic: string;
  readonly isRetained: boolean;
  /** What was found of it; nothing where nobody looked. */
  readonly seal?: SealSeen;
}

/**
 * Looks whether a message on a topic of a client that seals counts, and notes it. `isCommand`: it is the topic of commands,
 * whose messages name one of the device's and are none of its own. `null` where it is not to be taken, with what is known
 * by it in `state`.
 */
export function receiveSealed(
  state: HomeState,
  clientId: string,
  message: SealedMessage,
  isCommand: boolean,
): { readonly state: HomeState; readonly isTaken: boolean } {
  const client = getRow(state.clients, clientId);
  const { seal = { kind: 'no-key' }, topic } = message;
  if (client === undefined) return { state, isTaken: false };
  const refuse = (refused: Omit<RefusedMessage, 'at'>) => ({
    state: noteRefused(state, client, { topic, isCommand }, refused),
    isTaken: false,
  });
  if (seal.kind !== 'opened') return refuse(whyNot(seal.kind, clientLabelOf(state.house, clientId)));
  // Its age is unknown, and it is shown as one of unknown age.
  if (message.isRetained) return { state, isTaken: true };
  const verdict = isCommand ? judgeCommand(client, seal, state.at) : judge(state, client, seal);
  if (typeof verdict === 'string') return refuse({ word: 'replayed', reason: verdict });
  return { state: changeSeal(state, client, withoutRefused(verdict, topic)), isTaken: true };
}

function judge(state: HomeState, client: ClientState, seal: OpenedSeal): ClientSeal | string {
  // While what we slept through comes in, it is we who are late.
  const cadenceMs = state.backlogSince === null ? client.cadence.ms : Number.POSITIVE_INFINITY;
  const verdict = judgeMessage(client.seal.mark, seal, state.at, cadenceMs);
  return verdict.kind === 'taken' ? { ...client.seal, mark: verdict.mark } : verdict.reason;
}

/** Of a command only its age and its id tell that somebody sends it again. */
function judgeCommand(
  { seal: known }: ClientState,
  { boot, counter, id }: OpenedSeal,
  at: number,
): ClientSeal | string {
  if (known.commandIds.includes(id)) return 'a command came a second time: sent again by somebody else';
  if (isCommandOld(known.mark, { boot, counter }, at)) return 'an old command came: sent again by somebody else';
  return { ...known, commandIds: [...known.commandIds, id].slice(-MOST_IDS) };
}

function whyNot(kind: 'unsealed' | 'forged' | 'no-key', device: string): Omit<RefusedMessage, 'at'> {
  switch (kind) {
    case 'unsealed':
      return { word: 'unsealed', reason: `a message came in the clear, where ${device} seals what it sends` };
    case 'forged':
      return { word: 'forged', reason: `a message came that is not sealed with the key of ${device} for this topic` };
    case 'no-key':
      return { word: null, reason: `${device} seals what it sends, and there is no key for it here` };
  }
}

function noteRefused(
  state: HomeState,
  client: ClientState,
  { topic, isCommand }: { readonly topic: string; readonly isCommand: boolean },
  { word, reason }: Omit<RefusedMessage, 'at'>,
): HomeState {
  const refused = new Map(client.seal.refused).set(topic, { word, reason, at: state.at });
  const cure = cureOf(word, client.id, isCommand);
  const text = `A message on ${topic} was ${word}, and not taken`;
  const alarm = word === null ? client.seal.alarm : { at: state.at, text, cure };
  const noted = changeSeal(state, client, { ...client.seal, refused, alarm });
  const message = word === null ? reason : `${topic}: a message was ${word}, and not taken`;
  return notePassing(noted, { severity: 'warning', message, cure }, state.at, QUIET_MS);
}

/** `id` is the name of its key. */
function cureOf(word: SealRefusal | null, id: string, isCommand: boolean): string {
  if (isCommand && word !== null) return `Somebody on the line sent it, and ${id} does not take it either`;
  switch (word) {
    case null:
      return `Copy keys.json from where its key was made, or make one: hometui keys new ${id}`;
    case 'unsealed':
      return `Somebody else sent it, or ${id} runs a program without seal.py`;
    case 'forged':
      return `Somebody else sent it, or ${id} has another key than is kept here: hometui keys show ${id} --output seal_key.py`;
    case 'replayed':
      return `Somebody else sent it again, or ${id} forgot its count of starts: then hometui keys rotate ${id}`;
  }
}

function withoutRefused(seal: ClientSeal, topic: string): ClientSeal {
  if (!seal.refused.has(topic)) return seal;
  const refused = new Map(seal.refused);
  refused.delete(topic);
  return { ...seal, refused };
}

function changeSeal(state: HomeState, client: ClientState, seal: ClientSeal): HomeState {
  return { ...state, clients: setRow(state.clients, client.id, { ...client, seal }) };
}
