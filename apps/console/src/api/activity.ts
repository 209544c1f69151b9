/** After this long without input a window counts as unused. Milliseconds. */
const UNUSED_AFTER_MS = 60_000

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Whether somebody uses this window. What is read again because it changed, while nobody does, must not keep the session from ending: the
 * server ends sessions without activity.
 */
export function watchActivity(window: Pick<Window, 'addEventListener'>, nowMs: () => number): () => boolean {
  let usedAtMs = nowMs()
  const note = () => {
    usedAtMs = nowMs()
  }
  for (const input of inputs) window.addEventListener(input, note, { passive: true, capture: true })
  return () => nowMs() - usedAtMs < UNUSED_AFTER_MS
}
