type ChangedMember = { readonly member: string; readonly before: string; readonly after: string }

/** Before and after side by side: every member that either has, those that differ first. */
export function changedMembers(before: unknown, after: unknown): readonly ChangedMember[] {
  const [old, fresh] = [membersOf(before), membersOf(after)]
  const members = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
  return members
    .map((member) => ({ member, before: text(old[member]), after: text(fresh[member]) }))
    .toSorted((one, other) => Number(one.before === one.after) - Number(other.before === other.after))
}

function membersOf(side: unknown): Readonly<Record<string, unknown>> {
  if (side === undefined || side === null) return {}
  return typeof side === 'object' ? { ...side } : { value: side }
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
