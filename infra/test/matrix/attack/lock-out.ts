import type { Context } from '@droplock/core/context'
import { PAUSE_MS_MAX } from '@droplock/rules/staff'
import { addressOf, count, fire, type Shot, type Statuses } from './attackers.ts'
import { unexpected } from './floods.ts'
import type { Attack } from './target.ts'

type Victim = {
  readonly email: string
  readonly password: string
  /** The cookies of a browser in which they have signed in before. */
  readonly known: string
}

type Door = {
  readonly shotOf: (
    credentials: { readonly email: string; readonly password: string },
    cookie?: string,
  ) => Shot
  readonly victim: Victim
  /** Guesses in all, and from how many sources. */
  readonly guesses: number
  readonly sources: number
  readonly ok: string
  /** What a new browser of the victim is answered for the time stated. */
  readonly elsewhere: string
  /** What else is wrong afterwards. */
  readonly look: () => Promise<readonly string[]>
}

/** Somebody guesses at a victim's password from many sources, so that the victim cannot sign in. */
export function lockOut({ shotOf, victim, guesses, sources, ok, elsewhere, look }: Door): Attack {
  return {
    name: 'a victim locked out by wrong passwords',
    isLong: true,
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const guess = async (source: number) => {
        for (let n = source; n < guesses; n += sources)
          count(
            statuses,
            await fire(server.url, shotOf({ ...victim, password: `wrong password ${n}` }), from(source)),
          )
      }
      await Promise.all(Array.from({ length: sources }, (_, source) => guess(source)))
      const atHome = await fire(server.url, shotOf(victim, victim.known), from(sources + 1))
      const away = await fire(server.url, shotOf(victim), from(sources + 2))
      return {
        statuses,
        violations: [
          ...unexpected(statuses, ['401', '429']),
          ...(atHome === ok ? [] : [`the victim is answered with ${atHome} in a browser that is known`]),
          ...([ok, elsewhere].includes(away) ? [] : [`the victim is answered with ${away} in a new browser`]),
          ...(await look()),
        ],
      }
    },
  }
}

function from(index: number) {
  return { agent: false as const, localAddress: addressOf(7_000 + index) }
}

/** Of staff: a pause ends by itself, within the time stated. */
export async function longPauses({ db }: Context): Promise<readonly string[]> {
  const rows = await db.selectFrom('sign_in_count').select(['scope', 'paused_until']).execute()
  const latest = Date.now() + PAUSE_MS_MAX
  return rows
    .filter(({ paused_until }) => (paused_until?.getTime() ?? 0) > latest)
    .map(({ scope, paused_until }) => `a pause of one ${scope} until ${paused_until?.toISOString()}`)
}

/** Of members: counts are of an hour. */
export async function longCounts({ db }: Context): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('member_request_count')
    .select(['key', 'last_request'])
    .where('last_request', '>', BigInt(Date.now() + 60_000))
    .execute()
  return rows.map(({ key }) => `a count that begins in the future: ${key}`)
}
