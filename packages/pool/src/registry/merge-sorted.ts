/** Sorted lists as one sorted list, without duplicates, of which one item each is at hand. */

export async function* mergeSorted(
  lists: readonly AsyncIterable<string>[],
): AsyncGenerator<string> {
  const iterators = lists.map((list) => list[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const values = heads.flatMap((head) => (head.done === true ? [] : [head.value]));
      const [first, ...others] = values;
      if (first === undefined) return;
      const least = others.reduce((a, b) => (a < b ? a : b), first);
      yield least;
      for (const [index, iterator] of iterators.entries()) {
        const head = heads[index];
        if (head?.done !== true && head?.value === least) heads[index] = await iterator.next();
      }
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}
