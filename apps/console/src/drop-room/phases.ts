import type { RegistryAccountStatus } from '../api/types.ts'
import type { Tone } from '../format/tones.ts'

/** How an account is driven, as a colour; the word is shown too. */
export const phaseTones: Readonly<Record<RegistryAccountStatus['phase'], Tone>> = {
  driven: 'success',
  connecting: 'warning',
  released: 'neutral',
  silent: 'error',
  unreported: 'neutral',
}
