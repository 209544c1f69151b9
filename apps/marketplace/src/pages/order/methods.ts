import type { Money } from '../api.ts'

export const methods = ['balance', 'card'] as const

export type Method = (typeof methods)[number]

type Means = {
  readonly amount: Money
  readonly offered: readonly Method[]
  /** What can be spent from the balance; undefined where that is not offered. */
  readonly available: Money | undefined
  /** Methods that are refused for another reason. */
  readonly refused: readonly Method[]
}

/** How much the balance is too low for an amount, in minor units; 0 where it covers it. */
export function missingOf({ amount, available }: Pick<Means, 'amount' | 'available'>): number {
  return available === undefined ? 0 : Math.max(0, amount.amount_minor - available.amount_minor)
}

/** The methods by which an amount can be paid now, the balance first: it is the quickest. */
export function usableMethods({ offered, refused, ...means }: Means): readonly Method[] {
  const isCovered = means.available !== undefined && missingOf(means) === 0
  return methods.filter(
    (method) => offered.includes(method) && !refused.includes(method) && (method === 'card' || isCovered),
  )
}

/** The method that is shown as chosen: a person's choice while it can be used, a card that was begun, or else the first. */
export function chosenMethod(
  usable: readonly Method[],
  { chosen, hasCard }: { readonly chosen: Method | undefined; readonly hasCard: boolean },
): Method | undefined {
  if (chosen !== undefined && usable.includes(chosen)) return chosen
  return hasCard && usable.includes('card') ? 'card' : usable[0]
}
