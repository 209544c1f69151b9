/** Rounds of one run; what is left waits for the next, so that a beat tells of its work now and then. */
const ROUNDS_PER_RUN_MAX = 1_000

/** Does it again until nothing is left, the signal aborts or a run's bound is reached. How much was done. */
export async function drain(
  doOne: () => Promise<boolean | number>,
  signal: AbortSignal,
  roundsMax: number = ROUNDS_PER_RUN_MAX,
): Promise<number> {
  let done = 0
  for (let round = 0; round < roundsMax && !signal.aborted; round += 1) {
    const count = Number(await doOne())
    if (count === 0) break
    done += count
  }
  return done
}
