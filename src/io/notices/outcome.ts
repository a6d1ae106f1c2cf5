/** What became of a try to deliver a notice. */
export type Outcome =
  /** What it was answered, a clause. */
  | { readonly isDelivered: true; readonly answer: string }
  /** Why not, a clause, and whether it may have arrived all the same. */
  | { readonly isDelivered: false; readonly why: string; readonly mayBeDone: boolean };
