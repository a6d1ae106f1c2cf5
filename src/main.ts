import { showFirstPaint } from './console/first-paint/show.ts';

// Before anything else is loaded, which takes longer than Node itself.
const firstPaint = showFirstPaint(process);
void import('./cli/start.ts').then(({ start }) => start(firstPaint));
