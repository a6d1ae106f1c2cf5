import { cleanText } from '../../clean-text.ts';
import type { TableTexts } from '../access-table.ts';
import { isContrary, type TrialAnswer } from './judge.ts';

/**
 * The answers as a table: a column for each user, a row for each topic. A cell is what the broker did (`rw`, `r`, `w`, `-`),
 * `?` behind what could not be proven; where that is not what the file says, the file's word is put behind it.
 */
export function trialTable(answers: readonly TrialAnswer[]): TableTexts {
  const users = [...new Set(answers.map(answer => answer.user))];
  const topics = [...new Set(answers.map(answer => answer.topic))];
  const cells = new Map<string, TrialAnswer[]>();
  for (const answer of answers) {
    const key = JSON.stringify([answer.user, answer.topic]);
    cells.set(key, [...(cells.get(key) ?? []), answer]);
  }
  const rows = topics.map(topic => [
    cleanText(topic),
    ...users.map(user => cellText(cells.get(JSON.stringify([user, topic])) ?? [])),
  ]);
  return {
    heading: ['topic', ...users.map(user => (user === null ? '(no name)' : cleanText(user, 40)))],
    rows,
    legend: legendOf(answers),
  };
}

function cellText(answers: readonly TrialAnswer[]): string {
  const letter = ({ access }: TrialAnswer): string => access.charAt(0);
  const real = answers.filter(answer => answer.verdict !== 'denied');
  const text = real.map(answer => letter(answer) + (answer.verdict === 'unknown' ? '?' : '')).join('');
  if (!answers.some(isContrary)) return text || '-';
  const file = answers.filter(answer => answer.isAllowed).map(letter);
  return `${text || '-'} (file: ${file.join('') || '-'})`;
}

function legendOf(answers: readonly TrialAnswer[]): string | null {
  const parts = [
    ...(answers.some(answer => answer.verdict === 'unknown') ? ['r?, w?: could not be proven'] : []),
    ...(answers.some(isContrary) ? ['(file: …): what the file says where the broker does otherwise'] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}
