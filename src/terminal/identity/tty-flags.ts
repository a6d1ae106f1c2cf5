/**
 * The tty's `iutf8` flag in the output of `stty -a`, in which PuTTY and OpenSSH tell the terminal's character set;
 * `null` where it is not mentioned.
 */
export function parseUtf8Flag(settings: string): boolean | null {
  const match = /(?:^|[\s;])(-?)iutf8\b/.exec(settings);
  return match === null ? null : match[1] === '';
}
