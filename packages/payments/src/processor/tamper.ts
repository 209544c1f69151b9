import type { Books, Outcome } from './records.ts'

/** Drops, doubles or alters one movement. */
export function tamper(books: Books, movementId: string, how: 'drop' | 'double' | 'alter'): Outcome {
  const { movements } = books
  const index = movements.findIndex(({ id }) => id === movementId)
  const movement = movements[index]
  if (movement === undefined) return { kind: 'refused', code: 'not_found' }
  const replaced = {
    drop: [],
    double: [movement, { ...movement, id: `${movement.id}d` }],
    alter: [{ ...movement, amountMinor: movement.amountMinor + 1n }],
  }[how]
  movements.splice(index, 1, ...replaced)
  return { kind: 'noted' }
}
