import type { RegistryOptions } from '../../src/registry/settings.ts'

/** One command, what the registry holds being `exchangeNames`, and the code it must get. */
export type Exchange = {
  readonly means: string
  readonly as: 'droplock' | 'stranger'
  readonly xml: string
  /** `undefined`: a greeting, which has no code. */
  readonly code: number | undefined
  /** What the same session sent before, each answered with success. */
  readonly before?: readonly string[]
  readonly options?: Partial<RegistryOptions>
}

/** Pending until noon, except that the clock of an exchange stands one second after it. */
export const exchangeNames = [
  { name: 'pending.pl', kind: 'unreleased' },
  { name: 'free.pl', kind: 'normal' },
  { name: 'free2.pl', kind: 'normal' },
  { name: 'free3.com.pl', kind: 'normal' },
  { name: 'premium.pl', kind: 'premium' },
  { name: 'refused.pl', kind: 'refused' },
  { name: 'restored.pl', kind: 'withdrawn', priorClid: 'registrar-12' },
] as const
