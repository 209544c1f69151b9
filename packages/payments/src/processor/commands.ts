import type { CardBehaviour } from './cards.ts'

/** All that can be done to the books. Amounts are decimal text, so that a command can be kept as one line of JSON. */
export type Action =
  | {
      readonly do: 'create_intent'
      readonly amountMinor: string
      readonly currency: string
      readonly metadata: Readonly<Record<string, string>>
    }
  | { readonly do: 'confirm'; readonly intentId: string; readonly card: CardBehaviour }
  /** The payer has passed the bank's extra step, or has not. */
  | { readonly do: 'finish_step'; readonly intentId: string; readonly passed: boolean }
  | { readonly do: 'cancel'; readonly intentId: string }
  | {
      readonly do: 'refund'
      readonly intentId: string
      /** All that remains when absent. */
      readonly amountMinor?: string
      readonly metadata: Readonly<Record<string, string>>
    }
  /** What is due of an object happens: a late success, a slow refund, a refund sent back, a dispute. */
  | { readonly do: 'settle'; readonly objectId: string }
  | { readonly do: 'open_dispute'; readonly intentId: string }
  | { readonly do: 'close_dispute'; readonly disputeId: string; readonly won: boolean }
  /** Falsifies the books, so that a reconciliation has something to find. */
  | { readonly do: 'tamper'; readonly movementId: string; readonly how: 'drop' | 'double' | 'alter' }
  | { readonly do: 'delivered'; readonly eventId: string }

/** `id` is the seed of every id the command gives out: the same commands make the same books. */
export type Command = Action & { readonly id: string; readonly atMs: number; readonly key?: string }
