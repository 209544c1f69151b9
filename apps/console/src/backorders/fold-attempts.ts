import type { TimelineEntry } from '../api/types.ts'

export type Attempt = Extract<TimelineEntry, { kind: 'attempt' }>
type Other = Exclude<TimelineEntry, { kind: 'attempt' }>

/** One line of the timeline: something that happened, or several attempts in a row with the same answer. */
export type Line =
  | { readonly kind: 'entry'; readonly entry: Other }
  | { readonly kind: 'attempts'; readonly attempts: readonly Attempt[] }

/**
 * Puts attempts in a row that got the same answer on one line: hundreds of "not yet" say one thing. The one that decided stands
 * alone. Order is kept.
 */
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
