/** The members that a caller gave: what is left out of a query is no member of core's either. */
export function given<Members extends Record<string, unknown>>(members: Members): Given<Members> {
  const there = Object.entries(members).filter(([, value]) => value !== undefined)
  // `fromEntries` forgets its keys; they are those of `members`.
  return Object.fromEntries(there) as Given<Members>
}

type Given<Members> = { [Key in keyof Members]?: Exclude<Members[Key], undefined> }
