/** More than a page of names has; a program orders more by the API. */
export const NAMES_MAX = 100

/** The names that are ordered, as the address has them; by card one after the other. */
export type Chosen = {
  readonly names: readonly string[]
  /** By card: which of them is ordered now, from 1. Undefined: all together. */
  readonly step: number | undefined
}

/** What an address names; other parts are ignored. */
export function chosenIn(search: string): Chosen {
  const given = new URLSearchParams(search)
  const names = [...new Set(given.getAll('name').map((name) => name.trim().toLowerCase()))]
    .filter((name) => name !== '')
    .slice(0, NAMES_MAX)
  const step = Number(given.get('step') ?? Number.NaN)
  return { names, step: Number.isInteger(step) && step >= 1 && step <= names.length ? step : undefined }
}

/** The search part of an address with these names; empty without any. */
export function searchOfChosen({ names, step }: Chosen): string {
  const search = new URLSearchParams(names.map((name) => ['name', name]))
  if (step !== undefined) search.set('step', String(step))
  return names.length === 0 ? '' : `?${search.toString()}`
}

/** The name that is ordered now; undefined where it is none or several. */
export function currentOf({ names, step }: Chosen): string | undefined {
  if (step !== undefined) return names[step - 1]
  return names.length === 1 ? names[0] : undefined
}

/** After one of several by card: the next, and where it is ordered. */
export function nextOf({ names, step }: Chosen) {
  const next = step === undefined ? undefined : names[step]
  if (step === undefined || next === undefined) return undefined
  return { name: next, step: step + 1, path: `/order${searchOfChosen({ names, step: step + 1 })}` }
}

/** Where an order is paid, with what is ordered after it. */
export function payPath(backorderId: string, chosen: Chosen): string {
  return `/orders/${backorderId}/pay${chosen.step === undefined ? '' : searchOfChosen(chosen)}`
}

/** Where a payment for a name that is not held is followed. */
export function unheldPath(paymentId: string, chosen: Chosen): string {
  return `/order/payments/${paymentId}${chosen.step === undefined ? '' : searchOfChosen(chosen)}`
}

/** Where a card's page returns to: the order page of the name, which goes on to what was opened. */
export function returnPath({ names, step }: Chosen): string {
  return `/order${searchOfChosen({ names, step })}&returned=1`
}
