import type { TimelineEntry } from '../api/types.ts'

export type Attempt = Extract<TimelineEntry, { kind: 'attempt' }>
type OtherEntry = Exclude<TimelineEntry, { kind: 'attempt' }>

/** One line of the timeline: an entry, or consecutive attempts with the same answer. */
export type Line =
  | { readonly kind: 'entry'; readonly entry: OtherEntry }
  | { readonly kind: 'attempts'; readonly attempts: readonly Attempt[] }

/** Puts consecutive attempts with the same answer on one line. The attempt that decided has a line of its own. Order is kept. */
export function foldAttempts(timeline: readonly TimelineEntry[]): readonly Line[] {
  const lines: Line[] = []
  for (const entry of timeline) {
    if (entry.kind !== 'attempt') {
      lines.push({ kind: 'entry', entry })
      continue
    }
    const last = lines.at(-1)
    const first = last?.kind === 'attempts' ? last.attempts[0] : undefined
    if (last?.kind === 'attempts' && first !== undefined && isSameAnswer(first, entry)) {
      lines[lines.length - 1] = { kind: 'attempts', attempts: [...last.attempts, entry] }
    } else {
      lines.push({ kind: 'attempts', attempts: [entry] })
    }
  }
  return lines
}

function isSameAnswer(one: Attempt, other: Attempt): boolean {
  if (one.decided || other.decided) return false
  return one.command === other.command && one.outcome === other.outcome && one.code === other.code
}
