import { countText } from '../count-text.ts';
import { crc32 } from '../history/bytes/crc32.ts';

/** A daemon as a service of systemd's user manager. */
export interface ServiceUnit {
  /** What it is for, without line feeds. */
  readonly description: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** What the user manager does not know of our environment. */
  readonly environment: readonly (readonly [name: string, value: string])[];
}

/** Of a unit file: as we have written it, changed since by hand, or not from us. */
export type UnitOrigin = 'ours' | 'changed' | 'foreign';

const MARK = '# Written by hometui daemon install';

/**
 * The unit file (systemd.unit(5)). It is restarted after a fault, and not where that would not help: a wrong command
 * line, file, login or setting. What protects it works without the rights of root and with the just-in-time compiler.
 */
export function unitText({ description, command, environment }: ServiceUnit): string {
  const body = `
[Unit]
Description=${description.replaceAll('%', '%%')}

[Service]
Type=exec
ExecStart=${command.map(word => quoted(word).replaceAll('$', '$$$$')).join(' ')}
${environment.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`).join('')}Restart=on-failure
RestartSec=10
RestartPreventExitStatus=64 66 77 78
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
SystemCallArchitectures=native

[Install]
WantedBy=default.target
`;
  return `${MARK} (${checkOf(body)}); hometui daemon uninstall removes it.\n${body}`;
}

/** Whether a unit file is one of ours, and as it was written. */
export function originOfUnit(text: string): UnitOrigin {
  const [first = ''] = text.split('\n', 1);
  if (!first.startsWith(MARK)) return 'foreign';
  return first.includes(`(${checkOf(text.slice(first.length + 1))})`) ? 'ours' : 'changed';
}

function checkOf(body: string): string {
  return crc32(new TextEncoder().encode(body)).toString(16).padStart(8, '0');
}

/** A word in quotes: within them only these characters mean something (systemd.syntax(7)), and `%` stands for a specifier. */
function quoted(word: string): string {
  const escaped = word.replace(/["\\]/g, sign => `\\${sign}`).replaceAll('%', '%%');
  return /^[\w@%+=:,./-]+$/.test(word) ? escaped : `"${escaped}"`;
}

/** The name of the unit for a profile or a history: `hometui-cellar-pi.service`; different labels have different names. */
export function unitName(label: string): string {
  const plain = label.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60);
  const mark = plain === label ? '' : `-${crc32(new TextEncoder().encode(label)).toString(16)}`;
  return `hometui-${plain}${mark}.service`;
}

/** What the user manager of systemd says of a unit (systemctl(1), show). */
export interface ServiceState {
  /** `active`, `failed`. */
  readonly active: string;
  /** `running`, `auto-restart`. */
  readonly sub: string;
  /** `enabled`; empty where it does not say. */
  readonly enabled: string;
  readonly restarts: number;
}

/** The properties that `parseServiceState` reads. */
export const SERVICE_PROPERTIES = 'ActiveState,SubState,UnitFileState,NRestarts';

/** Reads what systemd says of a unit, as `ActiveState=active` and its like, one a line. */
export function parseServiceState(said: string): ServiceState {
  const values = new Map(said.split('\n').map(line => line.split('=', 2) as [string, string]));
  const [active, sub, enabled] = ['ActiveState', 'SubState', 'UnitFileState'].map(name => values.get(name) ?? '');
  return {
    active: active ?? '',
    sub: sub ?? '',
    enabled: enabled ?? '',
    restarts: Number(values.get('NRestarts') ?? 0),
  };
}

/** The same in words: `enabled, active (running), started again 2 times`. */
export function serviceStateText({ active, sub, enabled, restarts }: ServiceState): string {
  const again = restarts > 0 ? `, started again ${countText(restarts, 'time')}` : '';
  return `${enabled || 'not enabled'}, ${active} (${sub})${again}`;
}
