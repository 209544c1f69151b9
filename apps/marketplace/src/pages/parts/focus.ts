/**
 * Moves the focus to what has just been said. Whoever has gone on to another part of the page than `part` meanwhile is left there. A dialog
 * that closes is outside of the page's root.
 */
export function callTo(said: HTMLElement | null, part: Element | null): void {
  const { activeElement: at } = document
  const isElsewhere =
    part !== null && at !== null && at.closest('#root') !== null && !at.contains(part) && !part.contains(at)
  if (!isElsewhere) said?.focus()
}
