/** What of a run decides which names it speaks of. */
export type RunScope = {
  readonly id: string
  readonly scope_kind: 'snapshot' | 'increment'
  readonly scope_zones: readonly string[]
  readonly scope_from: string | null
  readonly scope_to: string | null
}
