import type { NameRecord, Registration } from './records.ts'

/** Puts a changed registration in place of the one before. What was won stays known as won. */
export function changeRegistration(
  record: NameRecord,
  held: Registration,
  changes: Partial<Registration>,
): void {
  const changed = { ...held, ...changes }
  if (record.winner === held) record.winner = changed
  record.registration = changed
}
