import type { Refund } from '../api/types.ts'

/** Where the money of a refund goes, in words for a person who decides. For one from the balance both are the same place. */
export function destinationText({ destination, method }: Pick<Refund, 'destination' | 'method'>): string {
  if (method === 'balance') return 'the balance it was paid from'
  return destination === 'balance' ? 'the balance' : 'the card that paid'
}
