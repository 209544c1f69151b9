/** The members that are there: on the wire nothing is null, what is unknown is left out. */
export function present<Members extends Record<string, unknown>>(members: Members): Present<Members> {
  const there = Object.entries(members).filter(([, value]) => value !== null && value !== undefined)
  // `fromEntries` forgets its keys; they are those of `members`.
  return Object.fromEntries(there) as Present<Members>
}

type Present<Members> = { [Key in keyof Members]?: NonNullable<Members[Key]> }

/** A time on the wire, if there is one. */
export function presentTime(time: Date | null): string | undefined {
  return time?.toISOString()
}
