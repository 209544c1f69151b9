import { measureInserts, sizesOfIndexes } from '@droplock/core/bench/search/indexes'
import type { Report } from '@droplock/core/bench/support/measure'
import type { Context } from '@droplock/core/context'

/** What the indexes of listings take, and what those of the search add to an insert and to a change of state. */
export async function measureIndexes(db: Context['db'], report: Report): Promise<void> {
  for (const { name, megabytes } of await sizesOfIndexes(db)) report(`size_${name}`, megabytes, 'MB')
  for (const { name, microseconds } of await measureInserts(db)) report(name, microseconds, 'µs')
}
