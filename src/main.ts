import { showEarlyPicture } from './cli/early-picture.ts';

// Before anything else is loaded, which takes longer than Node itself.
const earlyPicture = showEarlyPicture(process);
void import('./cli/start.ts').then(({ start }) => start(earlyPicture));
