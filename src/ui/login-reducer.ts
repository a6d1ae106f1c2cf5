import type { LinkState } from '../core/home/link.ts';
import type { KeyEvent, KeyPress } from '../terminal/key-event.ts';
import type { AppStep } from './app-reducer.ts';
import type { AppState, Login } from './app-state.ts';

/** Longer than any password that a person types or pastes; MQTT itself allows 65,535 bytes. */
const LONGEST = 1_000;
/** The contract's code for a login that did not come about. */
const LOGIN_REFUSED = 77;

/** What a key does while the password is asked for: nothing typed here can switch anything. */
export function editLogin(state: AppState, login: Login, key: KeyEvent): AppStep {
  if (key.type === 'paste') return typed(state, login, key.text.replace(/\n+$/, ''));
  if (key.ctrl && key.name === 'character') return control(state, login, key.character);
  switch (key.name) {
    case 'enter':
      return submit(state, login);
    case 'escape':
      return { state, commands: [{ type: 'leave', code: LOGIN_REFUSED }] };
    case 'backspace':
      return edited(state, login, [...login.password].slice(0, -1).join(''));
    case 'character':
      return key.alt ? { state, commands: [] } : typed(state, login, characterOf(key));
    default:
      return { state, commands: [] };
  }
}

/** Opens the login when the broker refuses us, clears it for the next try, and closes it when we are in. */
export function followLink(state: AppState, link: LinkState): AppState {
  if (link.phase === 'refused') return { ...state, login: { password: '', isSent: false }, dialog: null };
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
  return { state, commands: [] };
}

function submit(state: AppState, login: Login): AppStep {
  if (login.isSent || login.password === '') return { state, commands: [] };
  return {
    state: { ...state, login: { password: '', isSent: true } },
    commands: [{ type: 'log-in', password: login.password }],
  };
}

function typed(state: AppState, login: Login, text: string): AppStep {
  return edited(state, login, `${login.password}${text}`);
}

function edited(state: AppState, login: Login, password: string): AppStep {
  if (login.isSent || password.length > LONGEST) return { state, commands: [] };
  return { state: { ...state, login: { ...login, password } }, commands: [] };
}
