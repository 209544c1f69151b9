import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asService } from '@droplock/core/context'
import { defineRegistry } from '@droplock/core/registries/define'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { realLists } from '../../../packages/feeds/test/support.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenSource, givenWorld, REGISTRY, type World } from './support/world.ts'

const source = realLists && fileURLToPath(realLists)
const title =
  source === undefined
    ? 'the seven real lists (SKIPPED: the folder shared/data/pl is not beside this checkout)'
    : 'the seven real lists'

/** Some of the zones of the lists, so that rows of the others are rejects. */
const ZONES = ['pl', 'com.pl', 'net.pl', 'waw.pl']

const DAY_MS = 86_400_000
const patient = { timeout: 60_000, interval: 100 }

/**
 * What a list should do, computed without any code of ours. `$1`: the list, `$2`: the names of the lists before it, `$3`: the zones.
 * Prints a line `KIND COUNT` for each; the served names are written to `$2`.
 */
const pipeline = `
set -euo pipefail; export LC_ALL=C
tr -d '\\r' < "$1" | tr 'A-Z' 'a-z' | awk -v zones="$3" '
  BEGIN { split(zones, list, " "); for (i in list) served[list[i]] = 1 }
  $0 in seen { print "duplicate"; next }
  $0 in served { print "is_a_zone"; next }
  { rest = $0; sub(/^[^.]*\\./, "", rest)
    if (rest in served) { seen[$0] = 1; print "row " $0; next }
    reason = "zone_not_served"
    while (sub(/^[^.]*\\./, "", rest)) if (rest in served) reason = "below_registrable"
    print reason }' > "$2.classified"
awk '$1 == "row" { print $2 }' "$2.classified" | sort > "$2.rows"
sort -u "$2" -o "$2"
echo "added $(comm -23 "$2.rows" "$2" | wc -l)"
echo "known $(comm -12 "$2.rows" "$2" | wc -l)"
awk '$1 != "row" { count[$1]++ } END { for (reason in count) print reason, count[reason] }' "$2.classified"
cat "$2.rows" >> "$2"
`

let world: World
let folder: string
const workers = workerProcesses(() => world)

beforeEach(async () => {
  world = await givenWorld()
  folder = mkdtempSync(join(tmpdir(), 'droplock-pl-'))
  await defineRegistry(asService(world.ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [],
    zones: ZONES.map((name) => ({
      name,
      standardFeeMinor: 800n,
      feeCurrency: 'PLN',
      cutoffLeadSeconds: 14_400,
      dropTimeZone: 'Europe/Warsaw',
      dropStartsAt: '08:00',
      dropLastsSeconds: 3_600,
      earlySeconds: 0,
      lateSeconds: 0,
      graceSeconds: 60,
      prices: [],
    })),
    reason: 'the zones of the lists',
  })
})
afterEach(async () => {
  await workers.endAll()
  rmSync(folder, { recursive: true })
  await world.clone.drop()
})

type Counts = Readonly<Record<string, number>>

function expected(list: string, names: string): Counts {
  const printed = execFileSync('bash', ['-c', pipeline, 'bash', list, names, ZONES.join(' ')], {
    encoding: 'utf8',
  })
  const counts = printed
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  return Object.fromEntries(counts.map(([kind = '', count]) => [kind, Number(count)]))
}

const readRuns = () => world.ctx.db.selectFrom('sync_run').selectAll().orderBy('id', 'desc').execute()

/** What the newest run did, once it is the `count`th that was published. */
async function published(count: number): Promise<Counts & { readonly rejects: unknown }> {
  await vi.waitFor(
    async () =>
      expect((await readRuns()).map(({ state }) => state)).toEqual(
        Array.from({ length: count }, () => 'published'),
      ),
    patient,
  )
  const [run] = await readRuns()
  return {
    added: run?.listings_added ?? -1,
    moved: run?.listings_moved ?? -1,
    unchanged: run?.listings_unchanged ?? -1,
    suspected: run?.listings_suspected ?? -1,
    tooLate: run?.listings_too_late ?? -1,
    rejects: run?.rejects_by_reason,
  } as Counts & { readonly rejects: unknown }
}

describe.skipIf(source === undefined)(title, () => {
  test('one after another, and again from another supplier, do through the worker’s process what a shell pipeline computes; nothing is suspected', async () => {
    const files = readdirSync(source ?? '')
      .filter((name) => name.endsWith('.txt'))
      .toSorted()
    expect(files).toHaveLength(7)
    const lists = [join(folder, 'first'), join(folder, 'second')] as const
    const names = join(folder, 'names')
    execFileSync('touch', [names])
    for (const list of lists) mkdirSync(list)
    for (const address of lists) await givenSource(world, { address, timeZone: 'Europe/Warsaw' })
    workers.start()
    let runs = 0
    for (const list of lists) {
      for (const [index, file] of files.entries()) {
        const path = join(source ?? '', file)
        const wanted = expected(path, names)
        const shifted = new Date(Date.now() + (index + 2) * DAY_MS).toISOString().slice(0, 10)
        copyFileSync(path, join(list, `${shifted}.txt.part`))
        renameSync(join(list, `${shifted}.txt.part`), join(list, `${shifted}.txt`))
        runs += 1
        const { added, known, ...rejects } = wanted
        const done = await published(runs)
        expect([file, done]).toEqual([
          file,
          {
            added,
            moved: done['moved'],
            unchanged: (known ?? 0) - (done['moved'] ?? 0),
            suspected: 0,
            tooLate: 0,
            rejects,
          },
        ])
        // Names that are on lists of two days move from one to the other: there are very few.
        expect(done['moved']).toBeLessThan(10)
      }
    }
    const suspect = await world.ctx.db
      .selectFrom('listing')
      .select('id')
      .where('suspect', '=', true)
      .execute()
    expect(suspect).toEqual([])
    // A worker that has seen none of the files takes none of them in again.
    await workers.endAll()
    const { tried_at: before } = await world.ctx.db
      .selectFrom('list_source')
      .select('tried_at')
      .orderBy('tried_at', 'desc')
      .executeTakeFirstOrThrow()
    workers.start()
    await vi.waitFor(async () => {
      const rows = await world.ctx.db.selectFrom('list_source').select('tried_at').execute()
      expect(rows.every(({ tried_at: at }) => Number(at) > Number(before))).toBe(true)
    }, patient)
    expect(await world.ctx.db.selectFrom('sync_run').select('id').execute()).toHaveLength(runs)
  }, 180_000)
})
