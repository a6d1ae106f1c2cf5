/** A place on the screen, from 0, and the number of the style that is printed in there. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly pen: number;
}

/**
 * Where frames begin to paint again and again, as at a clock. The terminal keeps one place with its pen (DECSC), and
 * going back there (DECRC) is two bytes where the move and the change of the pen are ten.
 */
export interface Habit {
  /** What the terminal keeps; `null` if nothing of ours. */
  readonly kept: Place | null;
  /** In how many frames it was of no use. */
  readonly idle: number;
  /** Where the parts of the last frames began, the newest first. */
  readonly begun: readonly (readonly Place[])[];
  /** What is to be kept when the cursor gets there. */
  readonly wish: Place | null;
}

/** Nothing is kept, and nothing is known of how frames are painted. */
export const NO_HABIT: Habit = { kept: null, idle: 0, begun: [], wish: null };

/** So many frames are looked back upon. */
const FRAMES = 4;
/** A kept place is given up for another when it was of no use in so many frames: a clock's tens are painted too. */
const IDLE_FRAMES = 8;

/** The habit in a frame whose parts begin at these places. */
export function inFrame(habit: Habit, places: readonly Place[]): Habit {
  const isFree = habit.kept === null || habit.idle >= IDLE_FRAMES;
  const before = habit.begun.flat();
  const wish = isFree ? places.find(place => before.some(one => isSame(one, place))) : undefined;
  const begun = [places, ...habit.begun].slice(0, FRAMES);
  return { kept: habit.kept, idle: habit.idle + 1, begun, wish: wish ?? null };
}

/** The habit after the cursor went back. */
export const used = (habit: Habit): Habit => ({ ...habit, idle: 0 });

/** Whether a place is the one to be kept. */
export const isWished = (habit: Habit, place: Place): boolean => habit.wish !== null && isSame(habit.wish, place);

/** The habit after the terminal was told to keep a place. */
export const kept = (habit: Habit, place: Place): Habit => ({ ...habit, kept: place, idle: 0, wish: null });

const isSame = (one: Place, other: Place): boolean => one.x === other.x && one.y === other.y && one.pen === other.pen;
