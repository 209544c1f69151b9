import { sleep } from 'k6'
import { ask } from './ask.ts'

/** The operators' API, and somebody who may have its promises proven. */
export type Desk = { readonly url: string; readonly email: string; readonly password: string }

export type Proof = {
  readonly invariants: readonly { readonly name: string; readonly violations: number }[]
  readonly backorders: {
    readonly undecided: number
    readonly successful: number
    readonly failed: number
  }
  readonly listings_won: number
  readonly escrow: readonly { readonly amount_minor: number }[]
}

/** A proof reads every posting: asking more often would be a load of its own. */
const askEverySeconds = 0.5

/** Has the promises proven, again until no order is undecided or `secondsMax` are over; gives the last proof. */
export async function proveWhenDecided(desk: Desk, secondsMax: number): Promise<Proof> {
  const headers = { Cookie: await signIn(desk) }
  const untilMs = Date.now() + 1_000 * secondsMax
  for (;;) {
    const { body } = await ask<Proof>(`${desk.url}/api/invariants`, { name: 'invariants', headers })
    if (body.backorders.undecided === 0 || Date.now() > untilMs) return body
    await sleep(askEverySeconds)
  }
}

/** The session's cookie. */
async function signIn({ url, email, password }: Desk): Promise<string> {
  const body = { email, password }
  const { headers } = await ask(`${url}/api/session`, { name: 'sign-in', method: 'POST', body })
  const [cookie] = (headers['Set-Cookie'] ?? '').split(';')
  if (cookie === undefined || cookie === '') throw new Error('signing in brought no session')
  return cookie
}
