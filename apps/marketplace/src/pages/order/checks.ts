import type { Client, Schema } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'
import type { Method } from './methods.ts'

export type OrderCheck = Schema<'OrderCheck'>
export type Reason = OrderCheck['reasons'][number]

/** What an order would do, from the balance and by card. */
export type Checks = { readonly balance: OrderCheck; readonly card: OrderCheck }

/** Another customer may be faster at any moment. Milliseconds. */
const CHECK_AGAIN_MS = 15_000

/** Both checks of a name; nothing is ordered. */
export function checksQuery(api: Client, name: string) {
  const check = (payment: Method) => api.post('/v1/backorder-checks', { body: { name, payment } })
  return queryOptions({
    queryKey: ['order-checks', name],
    queryFn: async (): Promise<Checks> => {
      const [balance, card] = await Promise.all([check('balance'), check('card')])
      return { balance, card }
    },
    staleTime: 0,
    // Gone with its page: an order that it found may have ended since, and the name is ordered again.
    gcTime: 0,
    refetchInterval: CHECK_AGAIN_MS,
  })
}

/** One check of a name that is ordered from the balance together with others. */
export function checkQuery(api: Client, name: string) {
  return queryOptions({
    queryKey: ['order-check', name],
    queryFn: () => api.post('/v1/backorder-checks', { body: { name, payment: 'balance' } }),
    staleTime: 0,
    refetchInterval: CHECK_AGAIN_MS,
  })
}

/** Why one of several cannot be ordered; whether the balance covers them is said of all together. */
export function obstacleOf({ reasons }: OrderCheck): Reason | undefined {
  return reasons.find(({ code }) => code !== 'insufficient_balance')
}

export type Verdict = {
  /** Why the name cannot be ordered, however it is paid. */
  readonly blocked: Reason | undefined
  /** Why it cannot be paid in one way. A balance that is too low is not among them: its amounts are shown with it. */
  readonly whyNot: Partial<Readonly<Record<Method, Reason>>>
  /** By card the name is held meanwhile; else the first payment that arrives gets it. */
  readonly isHeldByCard: boolean
}

/** What two checks of one name say together. */
export function verdictOf({ balance, card }: Checks): Verdict {
  const [ofBalance, ofCard] = [codesOf(balance), codesOf(card)]
  const whyNotBalance = reasonBeside(balance, ofCard, 'insufficient_balance')
  const whyNotCard = reasonBeside(card, ofBalance, 'hold_not_available')
  return {
    blocked: balance.reasons.find(({ code }) => ofCard.has(code)),
    whyNot: {
      ...(whyNotBalance !== undefined && { balance: whyNotBalance }),
      ...(whyNotCard !== undefined && { card: whyNotCard }),
    },
    isHeldByCard: !ofCard.has('hold_not_available'),
  }
}

function codesOf({ reasons }: OrderCheck): ReadonlySet<string> {
  return new Set(reasons.map(({ code }) => code))
}

/** The first reason of a check that the other has not, and that is not the one which is dealt with in another way. */
function reasonBeside(
  { reasons }: OrderCheck,
  others: ReadonlySet<string>,
  apart: string,
): Reason | undefined {
  return reasons.find(({ code }) => !others.has(code) && code !== apart)
}
