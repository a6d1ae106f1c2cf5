/** What a frame of readings holds, by its first number. One that is not here is of a newer version, and left alone. */
export const FrameKind = { batch: 1, block: 2, index: 3, rollUp: 4, dayEnd: 5 } as const;
