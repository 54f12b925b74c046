const MOST = 1500;
const END = 400; // the remedy stands at the end

// Ends of lines, what a terminal obeys, and what turns the direction of text
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A message as one line that may be printed, whatever it quotes from a file: control characters become
 * spaces, and the middle of a long one is left out.
 *
 * @example
 * ```ts
 * oneLine("line 3: got \u001b[2J\n"); // "line 3: got  [2J "
 * ```
 */
export function oneLine(message: string): string {
  const short =
    message.length <= MOST ? message : `${message.slice(0, MOST - END)} […] ${message.slice(-END)}`;
  return short.replace(UNPRINTABLE, " ");
}
