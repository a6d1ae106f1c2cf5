import { afterEach, type TestContext } from 'vitest';

/** Takes a thing that was opened, for it to be closed, and gives it back. */
export type Keep = <Opened extends { close(): unknown }>(opened: Opened) => Opened;

/** Gives what takes a thing that a test opened, and closes it when the test is over; the last one is closed first. */
export function closeAfterEach(): Keep {
  const all: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of all.splice(0).reverse()) await one.close();
  });
  return opened => {
    all.push(opened);
    return opened;
  };
}

/** The same for one test that runs at the same time as others of its file. */
export function closeAfter({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Keep {
  // The last one that is told is called first.
  return opened => {
    onTestFinished(async () => void (await opened.close()));
    return opened;
  };
}
