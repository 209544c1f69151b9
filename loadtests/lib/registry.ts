import { ask } from './ask.ts'
import type { Listing } from './reseller.ts'

/** The control API of the simulated registry, and our client id there. */
export type Registry = { readonly url: string; readonly clid: string }

export type Truth = { readonly winner: { readonly clID: string; readonly crDate: string } | null }

/** A rival that is there at once, so that a name is lost. */
const rivals = [{ clid: 'rival-a', delayMs: 1 }]
/** A withdrawn name is restored when its purge was due, and a little later. Milliseconds. */
const restoredAfterMs = 200

/** What becomes of the names, in turn: most names of a real drop are not won, and failure has ends of several kinds. */
const fates = [
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

/** Tells the registry to delete the names, each at the instant that its listing says. Throws when it refuses one. */
export async function releaseNames({ url }: Registry, listings: readonly Listing[]): Promise<void> {
  const names = listings.map(({ name, drop_from }, index) => ({
    name,
    purgeAt: drop_from,
    ...fateOf(fates[index % fates.length], drop_from),
  }))
  const { body } = await ask<{ readonly refused: readonly { readonly name: string }[] }>(`${url}/names`, {
    name: 'release',
    method: 'POST',
    body: { ownShare: 0, names },
    expected: 201,
  })
  if (body.refused.length > 0) throw new Error(`the registry refuses ${JSON.stringify(body.refused[0])}`)
}

function fateOf(fate: (typeof fates)[number] | undefined, dropFrom: string) {
  switch (fate) {
    case 'contested':
      return { kind: 'normal', rivals }
    case 'premium':
    case 'refused':
      return { kind: fate, rivals: [] }
    case 'withdrawn':
      return {
        kind: fate,
        rivals: [],
        restoreAt: new Date(Date.parse(dropFrom) + restoredAfterMs).toISOString(),
      }
    default:
      return { kind: 'normal', rivals: [] }
  }
}

/** What really became of a name. */
export async function readTruth({ url }: Registry, name: string): Promise<Truth> {
  const { body } = await ask<Truth>(`${url}/names/${name}`, { name: 'truth' })
  return body
}

/** How often we crossed a limit of the registry. */
export async function countViolations({ url, clid }: Registry): Promise<number> {
  const { body } = await ask<{
    readonly accounts: readonly {
      readonly clid: string
      readonly violations: Readonly<Record<string, number>>
    }[]
  }>(`${url}/violations`, { name: 'violations' })
  const ours = body.accounts.find((account) => account.clid === clid)
  if (ours === undefined) throw new Error(`the registry has no account ${clid}`)
  return Object.values(ours.violations).reduce((sum, count) => sum + count, 0)
}
