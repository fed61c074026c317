/** What git prints before a NUL of its own, where each part of it ends with one: as with `-z`. */

/**
 * Takes the pieces of a stream as they come. `tell` is told once, of what came before the NUL that
 * ends no part, and of what came with it behind.
 */
export function openAnswer(tell: (answer: Buffer, rest: Buffer) => void): (piece: Buffer) => void {
  const pieces: Buffer[] = [];
  let isAfterPart = true;
  return (piece) => {
    const end = isAfterPart && piece[0] === 0 ? 0 : piece.indexOf("\0\0", 0, "latin1") + 1;
    const isEnd = piece[end] === 0 && (end > 0 || isAfterPart);
    pieces.push(isEnd ? piece.subarray(0, end) : piece);
    isAfterPart = piece.at(-1) === 0;
    if (isEnd) tell(Buffer.concat(pieces), piece.subarray(end + 1));
  };
}
