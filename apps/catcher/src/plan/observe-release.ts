import type { InfoVerdict } from '@droplock/rules/drop/decide-by-info'
import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import type { RegistryMs } from './target.ts'

/** What an answer showed about the release of a name. */
export type Seen =
  /** A create was refused because it exists: not released yet, or lost. */
  | { readonly kind: 'refused'; readonly atMs: RegistryMs }
  /** The registry showed the old registration. */
  | { readonly kind: 'kept'; readonly atMs: RegistryMs }
  /** It was released by then, and is ours, free, or another's. `isWon`: by the create that was answered. */
  | {
      readonly kind: 'released'
      readonly byMs: RegistryMs
      readonly isOurs: boolean
      readonly isWon?: boolean
    }

/**
 * What an answer shows about the release of its name, by the registry's clock; undefined where it shows nothing. Pure. A creation date
 * in whole seconds may mean any moment of its second.
 */
export function seenIn(
  kind: 'create' | 'info',
  verdict: CreateVerdict | InfoVerdict,
  sentMs: RegistryMs,
): Seen | undefined {
  switch (verdict.kind) {
    case 'registered':
      return { kind: 'released', byMs: Math.min(sentMs, endOf(verdict.crDate)), isOurs: true, isWon: true }
    case 'ours':
      return { kind: 'released', byMs: Math.min(sentMs, endOf(verdict.crDate)), isOurs: true }
    case 'other':
      return (
        verdict.crDate && { kind: 'released', byMs: Math.min(sentMs, endOf(verdict.crDate)), isOurs: false }
      )
    case 'gone':
      return kind === 'info' ? { kind: 'released', byMs: sentMs, isOurs: false } : undefined
    case 'exists':
      return { kind: 'refused', atMs: sentMs }
    case 'not_purged':
      return { kind: 'kept', atMs: sentMs }
    default:
      return undefined
  }
}

function endOf(date: Date): RegistryMs {
  const ms = date.getTime()
  return ms % 1_000 === 0 ? ms + 999 : ms
}
