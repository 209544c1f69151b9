import type { Month } from '../api/types.ts'
import type { Tone } from '../format/tones.ts'

export const monthTones: Readonly<Record<Month['state'], Tone>> = {
  open: 'info',
  proposed: 'warning',
  closed: 'success',
}
