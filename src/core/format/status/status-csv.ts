import { csvRecord } from '../csv.ts';
import type { StatusSnapshot } from '../status-snapshot.ts';

const header = ['kind', 'id', 'label', 'value', 'unit', 'at', 'age_ms', 'freshness', 'level', 'reason', 'presumed'];

/**
 * The snapshot as one CSV table (RFC 4180) with a header: the house, then each sensor, value, switch and client. The last
 * field says `yes` of a value that was not heard.
 */
export function statusCsv(snapshot: StatusSnapshot): string {
  const { broker, reasons } = snapshot;
  const records = [
    header,
    ['house', '', '', snapshot.overall, '', snapshot.at, null, null, snapshot.overall, reasons.join('; ')],
    [
      'broker',
      '',
      broker.url,
      broker.connected ? 'connected' : 'disconnected',
      '',
      null,
      null,
      null,
      null,
      broker.error,
    ],
    ...rows(snapshot.sensors, 'sensor', row => [row.value, row.unit, row.at, row.ageMs, row.freshness, row.level]),
    ...rows(snapshot.derived, 'derived', row => [row.value, row.unit, null, null, row.freshness, null]),
    ...rows(snapshot.switches, 'switch', row => [row.state, '', row.at, null, row.freshness, null]),
    ...Object.entries(snapshot.items ?? {}).map(([id, row]) => [
      ...[row.kind, id, row.label, row.value, row.unit ?? ''],
      ...[row.at, row.ageMs, row.freshness, row.level, row.reason, row.presumed === true ? 'yes' : ''],
    ]),
    ...Object.entries(snapshot.clients).map(([id, row]) => [
      ...['client', id, id, row.lastSeenAt === null ? 'never' : 'seen', ''],
      ...[row.lastSeenAt, null, row.freshness, null, row.reason],
    ]),
    ...(snapshot.alarms?.active ?? []).map(({ id, label, state, value, raisedAt, shelved, priority, detail, cure }) => [
      ...['alarm', id, label, shelved === null ? state : 'shelved', '', raisedAt, null, null],
      ...[priority, [value, detail, cure].filter(part => part !== null).join('; ')],
    ]),
    ...snapshot.denials.map(denial => [
      ...['denial', denial.user ?? denial.client, denial.topic, denial.access, '', denial.at],
      ...[null, null, 'critical', `${denial.detail}. ${denial.remedy}`],
    ]),
  ];
  return records.map(record => csvRecord(header.map((_, place) => record[place] ?? null))).join('');
}

interface LabelledRow {
  readonly label: string;
  readonly reason: string | null;
}

function rows<Row extends LabelledRow>(
  table: Readonly<Record<string, Row>>,
  kind: string,
  fields: (row: Row) => readonly (string | number | null)[],
): (string | number | null)[][] {
  return Object.entries(table).map(([id, row]) => [kind, id, row.label, ...fields(row), row.reason]);
}
