/** The lines of mosquitto that treat their files differently; what holds for one holds for all of its releases. */
export type BrokerVersion = '2.0' | '2.1';

/** What mosquitto does, said of the version that is known, else of both. The parts follow a subject: `goes on`, `ends`. */
export function byVersion(version: BrokerVersion | null, on20: string, on21: string): string {
  if (version !== null) return `mosquitto ${version} ${version === '2.0' ? on20 : on21}`;
  return `mosquitto 2.0 ${on20}, 2.1 ${on21}`;
}
