import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const watch = ({ tx, buyer }: Scene, name: string) =>
  sql`insert into watch (account_id, name) values (${buyer.actor.accountId}, ${name})`.execute(tx)

export const watchBreaches: readonly Breach[] = [
  {
    table: 'watch',
    keeper: 'one_watch_per_name',
    promise: 'an account watches a name once',
    deed: async (scene) => {
      await watch(scene, 'free.test')
      await watch(scene, 'free.test')
    },
  },
  {
    table: 'watch',
    keeper: 'watches_within_limit',
    promise: 'an account watches no more names than it may',
    deed: async (scene) => {
      await sql`update account set watches_max = 1`.execute(scene.tx)
      await watch(scene, 'free.test')
      await watch(scene, 'another.test')
    },
  },
  {
    table: 'account',
    keeper: 'watches_max_positive',
    promise: 'an account may watch something',
    deed: ({ tx }) => sql`update account set watches_max = 0`.execute(tx),
  },
]
