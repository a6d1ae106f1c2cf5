import { cleanText } from '../../core/clean-text.ts';
import type { Role, Style } from '../../core/format/style.ts';
import type { LinkFailure } from '../../core/home/state/link.ts';
import { formatIssue, type Issue } from '../../core/issue.ts';
import { type AclFile, isRefused } from '../../core/mosquitto/acl-file.ts';
import { judgeProbe, type ProbePlan, type ProbeVerdict } from '../../core/mosquitto/acl-probe.ts';
import { byVersion } from '../../core/mosquitto/broker-version.ts';
import { describeReason } from '../../core/mqtt/reason-code.ts';

/** What a probe found. */
export interface ProbeReport {
  readonly verdict: ProbeVerdict;
  readonly user: string | null;
  /** `null`: nothing was published. */
  readonly topic: string | null;
  /** The PUBACK's reason code; `null` where none came. */
  readonly code: number | null;
  /** One sentence without a full stop. */
  readonly detail: string;
  /** What to do, or what this does not tell. */
  readonly cure: string;
  /** Lines for which mosquitto refuses the file. */
  readonly findings: readonly Issue[];
}

/** Whom and what a report is about. */
export interface Probed {
  readonly acl: AclFile;
  readonly user: string | null;
  readonly topic: string | null;
}

const LOG_INSTEAD = 'Look into the broker\'s log instead: "Error opening acl file" says that it runs without its ACL.';
const RELOAD = 'sudo systemctl reload mosquitto';

/** Why nothing is known, with what to do instead. */
function reportUnknown(probed: Probed, detail: string, cure: string, code: number | null = null): ProbeReport {
  const { acl, user, topic } = probed;
  return { verdict: 'unknown', user, topic, code, detail, cure, findings: errorsOf(acl) };
}

/** With MQTT 3.1.1 the broker acknowledges a denied publish as it does any other. */
export function reportOldProtocol(probed: Probed): ProbeReport {
  const detail = 'this cannot be proven with MQTT 3.1.1: there a denied publish is acknowledged like any other';
  return reportUnknown(probed, detail, 'Leave --protocol-version out.');
}

/** No topic is denied to this user. */
export function reportMayWriteAll(probed: Probed, { rule }: ProbePlan & { kind: 'may-write-all' }): ProbeReport {
  const line = rule === null ? probed.acl.file : `${probed.acl.file}:${rule.line} "${cleanText(rule.text)}"`;
  const detail = `${whoIs(probed.user)} may write every topic by ${line}, so that no answer would tell anything`;
  return reportUnknown(probed, detail, 'Name another user with --user: a device that may write its own values only.');
}

/** There is a broker, but none that answered the publish. */
export function reportUnanswered(probed: Probed, { message, cure, kind }: LinkFailure): ProbeReport {
  // Brokers that speak no MQTT 5 refuse it, or close without a word.
  const isOld = probed.topic === null && (kind === 'protocol' || kind === 'closed');
  const detail = isOld ? `${message}; only with MQTT 5 does a broker tell that it denied a publish` : message;
  return reportUnknown(probed, detail, isOld ? LOG_INSTEAD : cure);
}

/** What the PUBACK says. */
export function reportAnswer(probed: Probed, code: number): ProbeReport {
  const { acl, user, topic } = probed;
  const verdict = judgeProbe(code);
  const publish = `${whoIs(user)}'s publish to ${topic}`;
  const answer = describeReason(code);
  if (verdict === 'unknown') {
    return reportUnknown(
      probed,
      `the broker answered ${publish} with ${answer}, which proves nothing`,
      LOG_INSTEAD,
      code,
    );
  }
  const findings = errorsOf(acl);
  const base = { verdict, user, topic, code, findings };
  if (verdict === 'in-force') {
    const cure = isRefused(acl)
      ? `But mosquitto refuses the file as it is now: mend it before the next reload (SIGHUP). There ${byVersion(null, 'goes on with no ACL at all', 'ends')}.`
      : 'Whether it decides by this file, by an older version of it (before the last SIGHUP), or by a plugin such as dynamic security cannot be seen from here.';
    return { ...base, detail: `the broker refused ${publish}, which ${acl.file} denies too: ${answer}`, cure };
  }
  const detail = `the broker took ${publish}, which ${acl.file} denies: ${answer}`;
  const cure = isRefused(acl)
    ? `It runs without its ACL, and everybody may read and write everything. Mend the file, then reload: ${RELOAD}`
    : `It runs without its ACL, with another acl_file or with an older version of this one. Check the file (hometui acl check) and the acl_file line of mosquitto.conf, then reload: ${RELOAD}`;
  return { ...base, detail, cure };
}

const HEADS: Readonly<Record<ProbeVerdict, readonly [words: string, role: Role]>> = {
  'in-force': ['Access control is in force', 'good'],
  'not-in-force': ['The ACL is NOT IN FORCE', 'critical'],
  unknown: ['Whether the ACL is in force is not known', 'warning'],
};

/** The report for people. */
export function probeText({ verdict, detail, cure, findings }: ProbeReport, style: Style): string {
  const [words, role] = HEADS[verdict];
  const found = findings.map(issue => `${formatIssue(issue)}\n`).join('');
  return `${style(`${words}: ${detail}`, role)}\n  ${cure}\n${found}`;
}

/** The report as one JSON object. */
export function probeJson(report: ProbeReport): string {
  return `${JSON.stringify({ schema: 1, ...report })}\n`;
}

function errorsOf(acl: AclFile): readonly Issue[] {
  return acl.issues.filter(issue => issue.severity === 'error');
}

function whoIs(user: string | null): string {
  return user === null ? 'a client without a name' : cleanText(user, 60);
}
