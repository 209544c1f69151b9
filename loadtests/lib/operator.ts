import { sleep } from 'k6'
import { send } from './request.ts'

/** The operators' API, and a person who may have the guarantees proven. */
export type OperatorApi = { readonly url: string; readonly email: string; readonly password: string }

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

/** A proof reads every posting: more frequent proofs would be a load themselves. */
const askEverySeconds = 0.5

/** Has the guarantees proven until no order is undecided or `secondsMax` have passed. Returns the last proof. */
export async function proveWhenDecided(api: OperatorApi, secondsMax: number): Promise<Proof> {
  const headers = { Cookie: await signIn(api) }
  const untilMs = Date.now() + 1_000 * secondsMax
  for (;;) {
    const { body } = await send<Proof>(`${api.url}/api/invariants`, { name: 'invariants', headers })
    if (body.backorders.undecided === 0 || Date.now() > untilMs) return body
    await sleep(askEverySeconds)
  }
}

/** The session's cookie. */
async function signIn({ url, email, password }: OperatorApi): Promise<string> {
  const body = { email, password }
  const { headers } = await send(`${url}/api/session`, { name: 'sign-in', method: 'POST', body })
  const [cookie] = (headers['Set-Cookie'] ?? '').split(';')
  if (cookie === undefined || cookie === '') throw new Error('signing in started no session')
  return cookie
}
