import { send } from './request.ts'
import type { Listing } from './reseller.ts'

/** The control API of the simulated registry, and our client id there. */
export type Registry = { readonly url: string; readonly clid: string }

export type Truth = { readonly winner: { readonly clID: string; readonly crDate: string } | null }

/** A rival that registers at once, so that a name is lost. */
const rivals = [{ clid: 'rival-a', delayMs: 1 }]
/** A withdrawn name is restored when its purge was due, and a little later. Milliseconds. */
const restoredAfterMs = 200

/** How the names end, in turn: most names of a real drop are not won, and there are several kinds of failure. */
const endings = [
  'uncontested',
  'contested',
  'uncontested',
  'premium',
  'uncontested',
  'contested',
  'uncontested',
  'refused',
  'contested',
  'withdrawn',
] as const

/** Has the registry delete the names, each at the time of its listing. Throws when it refuses one. */
export async function releaseNames({ url }: Registry, listings: readonly Listing[]): Promise<void> {
  const names = listings.map(({ name, drop_from }, index) => ({
    name,
    purgeAt: drop_from,
    ...endingOf(endings[index % endings.length], drop_from),
  }))
  const { body } = await send<{ readonly refused: readonly { readonly name: string }[] }>(`${url}/names`, {
    name: 'release',
    method: 'POST',
    body: { ownShare: 0, names },
    expected: 201,
  })
  if (body.refused.length > 0) throw new Error(`the registry refuses ${JSON.stringify(body.refused[0])}`)
}

function endingOf(ending: (typeof endings)[number] | undefined, dropFrom: string) {
  switch (ending) {
    case 'contested':
      return { kind: 'normal', rivals }
    case 'premium':
    case 'refused':
      return { kind: ending, rivals: [] }
    case 'withdrawn':
      return {
        kind: ending,
        rivals: [],
        restoreAt: new Date(Date.parse(dropFrom) + restoredAfterMs).toISOString(),
      }
    default:
      return { kind: 'normal', rivals: [] }
  }
}

/** What became of a name at the registry. */
export async function readTruth({ url }: Registry, name: string): Promise<Truth> {
  const { body } = await send<Truth>(`${url}/names/${name}`, { name: 'truth' })
  return body
}

/** How often we exceeded a limit of the registry. */
export async function countViolations({ url, clid }: Registry): Promise<number> {
  const { body } = await send<{
    readonly accounts: readonly {
      readonly clid: string
      readonly violations: Readonly<Record<string, number>>
    }[]
  }>(`${url}/violations`, { name: 'violations' })
  const ours = body.accounts.find((account) => account.clid === clid)
  if (ours === undefined) throw new Error(`the registry has no account ${clid}`)
  return Object.values(ours.violations).reduce((sum, count) => sum + count, 0)
}
