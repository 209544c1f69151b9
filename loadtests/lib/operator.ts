import { sleep } from 'k6'
import { Counter } from 'k6/metrics'
import { longTimeout, send } from './request.ts'
import { operatorApi } from './world.ts'

type Proof = {
  readonly invariants: readonly { readonly name: string; readonly violations: number }[]
  readonly backorders: {
    readonly undecided: number
    readonly successful: number
    readonly failed: number
  }
  readonly listings_won: number
  readonly escrow: readonly { readonly amount_minor: number }[]
}

const broken = new Counter('invariants_broken')
const proven = new Counter('invariants_proven')
const secured = new Counter('listings_won')
const decided = new Counter('names_decided')
const caught = new Counter('names_caught')
const failed = new Counter('names_failed')
const undecided = new Counter('names_undecided')
const escrowLeft = new Counter('escrow_left_minor')

/** Every guarantee is proven, and none is violated. For `options.thresholds`. */
export const provenThresholds = { invariants_proven: ['count>0'], invariants_broken: ['count==0'] }

/** A proof reads every posting: more frequent proofs would be a load themselves. */
const askEverySeconds = 0.5

/**
 * Has the service prove its guarantees by the operators' API, and counts what it finds. Waits until no order is undecided,
 * or so many seconds have passed.
 */
export async function countProof(secondsMax: number): Promise<void> {
  const { invariants, backorders, listings_won, escrow } = await prove(secondsMax)
  for (const { name, violations } of invariants) {
    proven.add(1)
    broken.add(violations, { invariant: name })
  }
  secured.add(listings_won)
  decided.add(backorders.successful + backorders.failed)
  caught.add(backorders.successful)
  failed.add(backorders.failed)
  undecided.add(backorders.undecided)
  for (const { amount_minor } of escrow) escrowLeft.add(Math.abs(amount_minor))
}

async function prove(secondsMax: number): Promise<Proof> {
  const headers = { Cookie: await signIn() }
  const untilMs = Date.now() + 1_000 * secondsMax
  for (;;) {
    const { body } = await send<Proof>(`${operatorApi.url}/api/invariants`, {
      name: 'invariants',
      headers,
      timeout: longTimeout,
    })
    // The ledger is read a moment before the orders are: what was decided in between is still in escrow there.
    const isOver =
      body.backorders.undecided === 0 && body.escrow.every(({ amount_minor }) => amount_minor === 0)
    if (isOver || Date.now() > untilMs) return body
    await sleep(askEverySeconds)
  }
}

/** The session's cookie. */
async function signIn(): Promise<string> {
  const { url, email, password } = operatorApi
  const body = { email, password }
  const { headers } = await send(`${url}/api/session`, { name: 'sign-in', method: 'POST', body })
  const [cookie] = (headers['Set-Cookie'] ?? '').split(';')
  if (cookie === undefined || cookie === '') throw new Error('signing in started no session')
  return cookie
}
