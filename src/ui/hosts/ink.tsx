import { type Instance, render } from 'ink';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import { App, type AppProps } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

/**
 * Draws whole frames into our stream: no cursor moves, no throttle and no console of Ink's own. `onError` is told what a
 * component threw, which may be before this has returned.
 */
export function drawWithInk(
  props: AppProps,
  stream: FrameWriter['stream'],
  onError: (error: Error) => void,
): Pick<Instance, 'unmount'> {
  return render(
    <ErrorBoundary onError={onError}>
      <App {...props} />
    </ErrorBoundary>,
    {
      stdout: stream as unknown as NodeJS.WriteStream,
      debug: true,
      interactive: true,
      patchConsole: false,
      exitOnCtrlC: false,
    },
  );
}
