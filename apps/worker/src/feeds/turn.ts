/** What is under way; what comes next waits for it. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs `work` when all that came before has ended: a process reads one list at a time, because what it
 * has read of a list takes memory. Lists are fetched beside each other: a slow source does not delay the others.
 */
export function takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = last.then(work)
  last = turn.catch(() => undefined)
  return turn
}
