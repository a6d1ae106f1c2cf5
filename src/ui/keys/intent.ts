/** The screens, as keys and help name them. */
export type ScreenName =
  | 'overview'
  | 'detail'
  | 'clients'
  | 'denials'
  | 'users'
  | 'log'
  | 'help'
  | 'themes'
  | 'explorer'
  | 'alarms'
  | 'visitors';

/** What a key asks for. */
export type Intent =
  | {
      readonly type: 'move';
      readonly to: 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'first' | 'last';
    }
  | { readonly type: 'go'; readonly screen: Exclude<ScreenName, 'detail' | 'overview'> }
  | { readonly type: 'toggle'; readonly switchId: string }
  | { readonly type: 'toggle-focused' }
  /** A step of the chosen set-point. */
  | { readonly type: 'adjust'; readonly by: 1 | -1 }
  | { readonly type: 'open' }
  | { readonly type: 'turn' }
  | { readonly type: 'back' }
  | { readonly type: 'change-window'; readonly by: 1 | -1 }
  | { readonly type: 'look'; readonly to: Look }
  | { readonly type: 'tab'; readonly to: 'next' | 'previous' | number }
  | { readonly type: 'favourite' }
  | { readonly type: 'search' }
  /** In the log, nothing but what is about the same, or all again. */
  | { readonly type: 'same-subject' }
  /** Nothing but what is not well, or all again. */
  | { readonly type: 'unwell' }
  | { readonly type: 'allow' }
  | { readonly type: 'answer'; readonly isYes: boolean }
  | { readonly type: 'replay'; readonly ask: ReplayAsk }
  | { readonly type: 'change-house' }
  | { readonly type: 'explore'; readonly ask: ExploreAsk }
  | { readonly type: 'screen'; readonly ask: ScreenAsk }
  | { readonly type: 'leave' }
  | { readonly type: 'repaint' }
  | { readonly type: 'suspend' };

/** What is asked of a replay; `open` on the living house only. */
export type ReplayAsk = 'open' | 'pause' | 'faster' | 'slower' | 'next-event' | 'next-alarm' | 'go-to' | 'end';

/** What to look at on a chart: another time, another moment of it, or the same hours of another day. */
export type Look =
  | 'earlier'
  | 'later'
  | 'oldest'
  | 'now'
  | 'cursor-left'
  | 'cursor-right'
  | 'cursor-far-left'
  | 'cursor-far-right'
  | 'compared'
  | 'date';

/** What is asked of the topic explorer. */
export type ExploreAsk =
  | Extract<Intent, { type: 'move' }>['to']
  | 'open'
  | 'back'
  | 'show'
  | 'form'
  | 'older'
  | 'newer'
  | 'mark'
  | 'number'
  | 'unfold'
  | 'fold'
  | 'unfold-all'
  | 'publish'
  | 'add'
  | 'clear'
  | 'search'
  | 'changed'
  | 'freeze'
  | 'system'
  | 'extent';

/** What is asked of the alarms or of the visitors. */
export type ScreenAsk =
  | Extract<Intent, { type: 'move' }>['to']
  | 'open'
  | 'back'
  | 'acknowledge'
  | 'shelve'
  /** The time of a chart. */
  | 'longer'
  | 'shorter';
