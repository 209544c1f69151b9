import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import { HOUR_MS, nameOf } from './lists.ts'

/**
 * The least that a million names cost: COPY into the staged rows and one INSERT … SELECT into the listings, into the same logged and
 * indexed tables. Returns how long both took. Milliseconds.
 */
export async function measureBaseline(
  { db, newId }: Context,
  registryId: string,
  count: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-bench-'))
  try {
    await chmod(folder, 0o755)
    const runId = newId()
    const path = join(folder, 'rows.csv')
    await pipeline(Readable.from(rowsOf(runId, newId, count)), createWriteStream(path, { mode: 0o644 }))
    await sql`insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state)
      values (${runId}, ${registryId}, 'baseline', 'x', '', 'snapshot', '{test}', 'running')`.execute(db)
    const startedMs = performance.now()
    await sql`copy sync_row (run_id, line, listing_id, name, zone, drop_from, drop_to, cutoff_at)
      from ${sql.lit(path)} with (format csv)`.execute(db)
    await sql`
      insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, sync_run_id, publication_id)
      select listing_id, name, zone, 'open', now(), cutoff_at, drop_from, drop_to, run_id, run_id from sync_row
      where run_id = ${runId}`.execute(db)
    return performance.now() - startedMs
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function* rowsOf(runId: string, newId: () => string, count: number): Generator<string> {
  const today = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  for (let index = 0; index < count; index += 1) {
    const at = new Date(today + (2 + (index % 5)) * 24 * HOUR_MS).toISOString()
    yield `${runId},${index + 2},${newId()},${nameOf(index)},test,${at},${at},${at}\n`
  }
}
