import { type Client, createClient, ProblemError } from '@droplock/sdk/client'
import { z } from 'zod'
import { signIn } from './console-client.ts'
import { urlOf } from './places.ts'
import type { Run } from './run.ts'
import type { Installation } from './set-up.ts'

/** No process accepts a key or a person for longer. Milliseconds from the end of the command. */
const REVOKED_MS_MAX = 1_000

/** A key has leaked and a person has left: neither is accepted by any process any more. */
export async function revokeAccess(run: Run, installation: Installation): Promise<void> {
  await revokeKey(run, installation)
  await disablePerson(run, installation)
}

async function revokeKey({ places, admin, tally }: Run, { key }: Installation): Promise<void> {
  const ask = () =>
    Promise.all(
      places.gateways.map((port) => statusOf(createClient({ baseUrl: urlOf(port), apiKey: key.key }))),
    )
  tally.check('the key opens both gateways', isAll(200, await ask()))
  await admin.done('key', 'revoke', key.id, '--reason', 'leaked')
  await checkRefused(tally, 'revoked, it opens neither', ask)
}

/** Asks both servers at once: whether they refuse, and soon enough. */
async function checkRefused(
  tally: Run['tally'],
  what: string,
  ask: () => Promise<readonly number[]>,
): Promise<void> {
  const since = performance.now()
  const statuses = await ask()
  const ms = performance.now() - since
  tally.check(`${what}, ${Math.round(ms)} ms later`, isAll(401, statuses) && ms <= REVOKED_MS_MAX)
}

async function statusOf(gateway: Client): Promise<number> {
  try {
    await gateway.get('/v1/balance')
    return 200
  } catch (error) {
    if (error instanceof ProblemError) return error.status
    throw error
  }
}

async function disablePerson({ places, admin, tally }: Run, { first, finance }: Installation): Promise<void> {
  const [here] = places.consoles.map(urlOf)
  const fay = await signIn(String(here), finance.email, finance.password)
  const ask = async () => {
    const answers = await Promise.all(places.consoles.map((port) => fay.get(urlOf(port), '/api/accounts')))
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    return answers.map(({ status }) => status)
  }
  tally.check('a session is good at both servers of the console', isAll(200, await ask()))
  await admin.done('staff', 'disable', finance.email, '--reason', 'left')
  await checkRefused(tally, 'of a person who was disabled it is good at neither', ask)
  const again = await signIn(String(here), finance.email, finance.password).catch((error: unknown) =>
    String(error),
  )
  tally.check('and they do not sign in again', String(again).includes('401'))
  const ada = await signIn(String(here), first.email, first.password)
  const entries = auditSchema.parse(await (await ada.get(String(here), '/api/audit')).json())
  const byCommand = entries.items.filter(({ actor_name: by }) => by.startsWith('command:'))
  const actions = new Set(byCommand.map(({ action }) => action))
  tally.check(
    'the audit says that a command did it',
    actions.has('staff.disabled') && actions.has('api_key.revoked'),
  )
}

const auditSchema = z.object({ items: z.array(z.object({ action: z.string(), actor_name: z.string() })) })

const isAll = (wanted: number, statuses: readonly number[]) => statuses.every((status) => status === wanted)
