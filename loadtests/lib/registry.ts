import { send } from './request.ts'
import { type ListedName, registry } from './world.ts'

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
export async function releaseNames(listings: readonly ListedName[]): Promise<void> {
  const names = listings.map(({ name, dropFromMs }, index) => ({
    name,
    purgeAt: new Date(dropFromMs).toISOString(),
    ...endingOf(endings[index % endings.length], dropFromMs),
  }))
  const { body } = await send<{ readonly refused: readonly { readonly name: string }[] }>(
    `${registry.url}/names`,
    {
      name: 'release',
      method: 'POST',
      body: { ownShare: 0, names },
      expected: [201],
    },
  )
  if (body.refused.length > 0) throw new Error(`the registry refuses ${JSON.stringify(body.refused[0])}`)
}

function endingOf(ending: (typeof endings)[number] | undefined, dropFromMs: number) {
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
        restoreAt: new Date(dropFromMs + restoredAfterMs).toISOString(),
      }
    default:
      return { kind: 'normal', rivals: [] }
  }
}

/** What became of a name at the registry. */
export async function readTruth(name: string): Promise<Truth> {
  const { body } = await send<Truth>(`${registry.url}/names/${name}`, { name: 'truth' })
  return body
}

/** How often we exceeded a limit of the registry. */
export async function countViolations(): Promise<number> {
  const { body } = await send<{
    readonly accounts: readonly {
      readonly clid: string
      readonly violations: Readonly<Record<string, number>>
    }[]
  }>(`${registry.url}/violations`, { name: 'violations' })
  const ours = body.accounts.find((account) => account.clid === registry.clid)
  if (ours === undefined) throw new Error(`the registry has no account ${registry.clid}`)
  return Object.values(ours.violations).reduce((sum, count) => sum + count, 0)
}
