/** Where in a file something stands. Lines and columns count from 1, as editors do. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Something a person should know and can mend: what happened, where, and what to do about it. */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence without the place: what is wrong, to what, with the number in it. */
  readonly message: string;
  readonly place?: Place;
  /** What to do about it, as an imperative sentence; absent only where nothing can be done. */
  readonly cure?: string;
}

/** `file:line:column`, as compilers print it, so that editors and terminals make it a link. */
export function formatPlace(place: Place): string {
  const line = place.line === undefined ? '' : `:${place.line}`;
  const column = place.line === undefined || place.column === undefined ? '' : `:${place.column}`;
  return `${place.file}${line}${column}`;
}

/** One or two lines of plain text: place, severity and message, then the cure. */
export function formatIssue(issue: Issue): string {
  const place = issue.place === undefined ? '' : `${formatPlace(issue.place)}: `;
  const cure = issue.cure === undefined ? '' : `\n  ${issue.cure}`;
  return `${place}${issue.severity}: ${issue.message}${cure}`;
}
