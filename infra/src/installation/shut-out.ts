import { z } from 'zod'
import { signIn } from './console-client.ts'
import { urlOf } from './places.ts'
import type { Scene } from './run-installation.ts'
import type { Installation } from './set-up.ts'

/** The promise. Milliseconds from the end of the command. */
const shutOutMsMax = 1_000

/** A key has leaked and a person has left: both are shut out of every process. */
export async function shutOut(scene: Scene, installation: Installation): Promise<void> {
  await revokeKey(scene, installation)
  await disablePerson(scene, installation)
}

async function revokeKey({ places, admin, tally }: Scene, { key }: Installation): Promise<void> {
  const ask = () =>
    statusesOf(places.gateways, (url) =>
      fetch(`${url}/v1/balance`, { headers: { authorization: `Bearer ${key.key}` } }),
    )
  tally.check('the key opens both gateways', isAll(200, await ask()))
  await admin.done('key', 'revoke', key.id, '--reason', 'leaked')
  const since = performance.now()
  const statuses = await ask()
  const ms = performance.now() - since
  tally.check(
    `revoked, it opens neither, ${Math.round(ms)} ms later`,
    isAll(401, statuses) && ms <= shutOutMsMax,
  )
}

async function disablePerson(
  { places, admin, tally }: Scene,
  { first, finance }: Installation,
): Promise<void> {
  const [here] = places.consoles.map(urlOf)
  const fay = await signIn(String(here), finance.email, finance.password)
  const ask = () => statusesOf(places.consoles, (url) => fay.get(url, '/api/accounts'))
  tally.check('a session is good at both servers of the console', isAll(200, await ask()))
  await admin.done('staff', 'disable', finance.email, '--reason', 'left')
  const since = performance.now()
  const statuses = await ask()
  const ms = performance.now() - since
  tally.check(
    `of a person who was disabled it is good at neither, ${Math.round(ms)} ms later`,
    isAll(401, statuses) && ms <= shutOutMsMax,
  )
  const again = await signIn(String(here), finance.email, finance.password).catch((error: unknown) =>
    String(error),
  )
  tally.check('and they do not sign in again', String(again).includes('401'))
  const ada = await signIn(String(here), first.email, first.password)
  const entries = auditSchema.parse(await (await ada.get(String(here), '/api/audit')).json())
  const actions = entries.items
    .filter(({ actor_name: by }) => by.startsWith('command:'))
    .map(({ action }) => action)
  tally.check(
    'the audit says that a command did it',
    actions.includes('staff.disabled') && actions.includes('api_key.revoked'),
  )
}

const auditSchema = z.object({ items: z.array(z.object({ action: z.string(), actor_name: z.string() })) })

async function statusesOf(
  ports: readonly number[],
  ask: (url: string) => Promise<Response>,
): Promise<readonly number[]> {
  const answers = await Promise.all(ports.map((port) => ask(urlOf(port))))
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  return answers.map(({ status }) => status)
}

const isAll = (wanted: number, statuses: readonly number[]) => statuses.every((status) => status === wanted)
