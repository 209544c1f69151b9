import { setTimeout as wait } from 'node:timers/promises'

/** How long something that lives may be silent. */
export type Patience = {
  /** The pause between an answer and the next question. */
  readonly everyMs: number
  /** An answer that takes longer is none. */
  readonly answerMsMax: number
  /** So many questions in a row without an answer, and it is taken for stuck. */
  readonly missesMax: number
}

/** A turn that took this much longer than it may says that the asker was frozen itself: suspended, stopped, or starved. */
const askerLateMs = 1_000

/**
 * How many questions in a row are unanswered now. `tookMs`: pause, question and answer. A frozen asker's question says
 * nothing, nor do those before it: what it asks was frozen with it.
 */
export function missesAfter(
  misses: number,
  { answered, tookMs }: { readonly answered: boolean; readonly tookMs: number },
  { everyMs, answerMsMax }: Patience,
): number {
  return answered || tookMs > everyMs + answerMsMax + askerLateMs ? 0 : misses + 1
}

/**
 * Asks again and again. Resolves with the time since the last answer when `missesMax` questions in a row had none; never when
 * `signal` is aborted first. `ask` rejects where there is no answer, and stops when its own signal is aborted.
 */
export async function watchAnswers(
  ask: (signal: AbortSignal) => Promise<unknown>,
  patience: Patience,
  signal: AbortSignal,
): Promise<number> {
  let misses = 0
  let answeredAt = performance.now()
  while (misses < patience.missesMax) {
    const turnAt = performance.now()
    await wait(patience.everyMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return new Promise(() => undefined)
    const answered = await ask(AbortSignal.timeout(patience.answerMsMax)).then(
      () => true,
      () => false,
    )
    misses = missesAfter(misses, { answered, tookMs: performance.now() - turnAt }, patience)
    if (misses === 0) answeredAt = performance.now()
  }
  return performance.now() - answeredAt
}
