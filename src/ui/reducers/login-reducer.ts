import type { HomeState } from '../../core/home/state/state.ts';
import type { KeyEvent, KeyPress } from '../../terminal/input/key-event.ts';
import { type AppState, type AppStep, createLogin, type Login } from '../state/app-state.ts';

/** Longer than any password that a person types or pastes; MQTT itself allows 65,535 bytes. */
const LONGEST = 1_000;
/** The contract's code for a login that did not come about. */
const LOGIN_REFUSED = 77;

/** What a key does while user and password are asked for: nothing typed here can switch anything. */
export function editLogin(state: AppState, login: Login, key: KeyEvent): AppStep {
  if (key.type === 'paste') return typed(state, login, key.text.replace(/\n+$/, ''));
  if (key.ctrl && key.name === 'character') return control(state, login, key.character);
  switch (key.name) {
    case 'enter':
      return submit(state, login);
    case 'tab':
      return goTo(state, login, login.field === 'user' ? 'password' : 'user');
    case 'down':
      return goTo(state, login, 'password');
    case 'up':
      return goTo(state, login, 'user');
    case 'escape':
      return { state, commands: [state.hasHouses ? { type: 'change-house' } : { type: 'leave', code: LOGIN_REFUSED }] };
    case 'backspace':
      return edited(state, login, [...login[login.field]].slice(0, -1).join(''));
    case 'character':
      return key.alt ? { state, commands: [] } : typed(state, login, characterOf(key));
    default:
      return { state, commands: [] };
  }
}

/** Opens the login when the broker refuses us, clears it for the next try, and closes it when we are in. */
export function followLink(state: AppState, { link, session }: HomeState): AppState {
  if (link.phase === 'refused') return { ...state, login: createLogin(session.user), dialog: null };
  if (link.phase === 'connected' && state.login?.isSent === true) return { ...state, login: null };
  if (link.phase === 'waiting' && state.login?.isSent === true) return { ...state, login: null };
  return state;
}

function characterOf(key: KeyPress): string {
  return key.name === 'character' ? key.character : '';
}

function control(state: AppState, login: Login, character: string): AppStep {
  if (character === 'c') return { state, commands: [{ type: 'leave', code: LOGIN_REFUSED }] };
  if (character === 'u') return edited(state, login, '');
  if (character === 'l') return { state, commands: [{ type: 'repaint' }] };
  if (character === 'z') return { state, commands: [{ type: 'suspend' }] };
  return { state, commands: [] };
}

function goTo(state: AppState, login: Login, field: Login['field']): AppStep {
  return { state: login.isSent ? state : { ...state, login: { ...login, field } }, commands: [] };
}

/** Enter goes to what is still missing. A password without a user name would never reach the broker. */
function submit(state: AppState, login: Login): AppStep {
  if (login.isSent) return { state, commands: [] };
  if (login.user === '') return goTo(state, login, 'user');
  if (login.password === '') return goTo(state, login, 'password');
  return {
    state: { ...state, login: { ...login, password: '', isSent: true } },
    commands: [{ type: 'log-in', user: login.user, password: login.password }],
  };
}

function typed(state: AppState, login: Login, text: string): AppStep {
  // A name is shown, and the null character cannot be sent (MQTT 5, section 1.5.4).
  const added = login.field === 'user' ? text.replace(/\p{Control}/gu, '') : text;
  return edited(state, login, `${login[login.field]}${added}`);
}

function edited(state: AppState, login: Login, text: string): AppStep {
  if (login.isSent || text.length > LONGEST) return { state, commands: [] };
  return { state: { ...state, login: { ...login, [login.field]: text } }, commands: [] };
}
