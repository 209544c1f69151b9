import type { LossMargin } from './drop/loss-margin.ts'
import type { Outcome } from './machines/catch-target.ts'

// What is counted of decided orders. Each is counted when it is decided, and never again.

/**
 * Where the price bands of orders begin, in minor units of the order's currency, whichever that is: in most currencies these are 25, 100
 * and 500 of the major unit. A band's number is its place here.
 */
export const priceBandsFromMinor = [0n, 2_500n, 10_000n, 50_000n] as const

/** The band of a price in minor units. */
export function priceBandOf(priceMinor: bigint): number {
  return priceBandsFromMinor.findLastIndex((fromMinor) => priceMinor >= fromMinor)
}

/** Upper bounds of the classes in which losses are counted, by the most that they can have been lost by. Milliseconds. */
export const lossClassesMs = [10, 100, 1_000, 10_000] as const

/** The class of a loss: the place of the first bound that is certainly kept, or their number if none is; null where nothing is known. */
export function lossClassOf(maxMs: number | null): number | null {
  if (maxMs === null) return null
  const place = lossClassesMs.findIndex((boundMs) => maxMs <= boundMs)
  return place === -1 ? lossClassesMs.length : place
}

type CreateCounts = {
  /** All that were sent for the name. */
  readonly creates: number
  /** Answered neither that it is registered or applied for nor that it exists: refused by a limit or for what they lacked. */
  readonly unjudged: number
  /** Certainly handled after the winner's registration. */
  readonly late: number
}

/**
 * Creates that certainly could not register the name: those that the registry did not judge, those that came after another registrar's,
 * and all of a name that nobody could register: it was not released, or is premium, withdrawn or refused. Creates before the release are
 * not among them, as its time is not known.
 */
export function wastedCreates(outcome: Outcome, { creates, unjudged, late }: CreateCounts): number {
  if (outcome === 'registered') return unjudged
  return outcome === 'lost' ? unjudged + late : creates
}

/** What the evidence shows about our creates for a name that ended. */
export type CreateFacts = {
  /** All that were sent. */
  readonly creates: number
  /** Those of them that certainly could not register it. */
  readonly wasted: number
  /** By how much it was lost; null where that is not known, or it was not lost. */
  readonly margin: LossMargin | null
}

/** Of a name for which nothing was sent. */
export const noCreates: CreateFacts = { creates: 0, wasted: 0, margin: null }

/** What resellers see is of at least so many orders, and their number is rounded down to a multiple of this step. */
export const STATISTIC_ORDERS_MIN = 20
const STATISTIC_ORDERS_STEP = 10

/** The number of orders as resellers see it, null where they are too few to be shown: a single reseller's must not be recognised. */
export function shownOrders(orders: number): number | null {
  return orders < STATISTIC_ORDERS_MIN ? null : orders - (orders % STATISTIC_ORDERS_STEP)
}

/** The periods that resellers choose from: fixed ones, since the difference of two freely chosen ones would be a single day. Days. */
export const statisticPeriodDays = { month: 30, quarter: 90, year: 365 } as const

export type StatisticPeriod = keyof typeof statisticPeriodDays
