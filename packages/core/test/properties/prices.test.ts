import { type PriceRule, rankRules } from '@droplock/rules/prices/choose-rule'
import { type LabelMatch, readLabelMatch } from '@droplock/rules/prices/match'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../../src/new-id.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, zone } from '../support/world.ts'

const RUNS = 30
const MS_MAX = 120_000
const zones = ['test', 'co.test'] as const

const label = fc
  .oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), minLength: 1, maxLength: 8 }),
    fc.constantFrom('aabb', 'abab', 'cvcv', 'bab1', 'xn--a1', '1111', 'a-b'),
  )
  .filter((text) => !text.startsWith('-') && !text.endsWith('-'))
const pattern = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '?', '*'), minLength: 1, maxLength: 6 }),
  fc.constantFrom('CVC', 'LLN', 'NNNN', 'CVCV', 'AABB', 'ABA', 'LETTERS', 'DIGITS', '*'),
)
const length = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 3 }))
  .map(([from, more]) => (more === 0 ? String(from) : `${from}-${from + more}`))
const zoneOfRule = fc.constantFrom('test', 'co.test', undefined)
const rule = fc.oneof(
  fc.record({
    kind: fc.constant('name' as const),
    zone: fc.constant(undefined),
    match: label.map((text) => `${text}.test`),
  }),
  fc.record({ kind: fc.constant('pattern' as const), zone: zoneOfRule, match: pattern }),
  fc.record({ kind: fc.constant('length' as const), zone: zoneOfRule, match: length }),
  fc.record({
    kind: fc.constant('tier' as const),
    zone: zoneOfRule,
    match: fc.constantFrom('standard', 'gold'),
  }),
)
const rules = fc
  .uniqueArray(rule, {
    selector: (each) => JSON.stringify([each.zone, each.kind, each.match]),
    maxLength: 14,
  })
  .chain((all) =>
    fc.tuple(
      ...all.map((each) => fc.record({ given: fc.constant(each), minutes: fc.integer({ min: 0, max: 3 }) })),
    ),
  )
const listed = fc.record({
  label,
  zone: fc.constantFrom(...zones),
  tier: fc.constantFrom('standard', 'gold'),
})

test(
  'the database chooses the price rule that `rankRules` chooses, of random rules and names',
  { timeout: MS_MAX },
  () =>
    rolledBack(async (db) => {
      const ctx = contextOf(db)
      await givenRegistry(
        ctx,
        zones.map((name) => zone({ name, prices: [] })),
      )
      await fc.assert(
        fc.asyncProperty(rules, fc.array(listed, { minLength: 1, maxLength: 12 }), async (given, names) => {
          const made = given.flatMap(({ given: each, minutes }) => toRule(each, minutes))
          await sql`delete from price_rule`.execute(db)
          for (const each of made) await insert(each)
          for (const { label: text, zone: in_, tier } of names) {
            const name = `${text}.${in_}`
            const { rows } = await sql<{
              id: string | null
            }>`select price_rule_of(${name}, ${in_}, ${tier}) as id`.execute(db)
            expect(rows[0]?.id ?? undefined).toBe(
              rankRules(made, { name, zone: in_, label: text, tier })[0]?.id,
            )
          }
        }),
        { numRuns: RUNS },
      )

      async function insert({ id, zone: of, kind, match, label: compared, inForceSince }: PriceRule) {
        await db
          .insertInto('price_rule')
          .values({
            id,
            kind,
            match,
            zone: of ?? null,
            in_force_since: inForceSince,
            weight: compared.weight,
            label_like: compared.like ?? null,
            label_kinds: listOrNull(compared.kinds),
            label_repeats: listOrNull(compared.repeats),
            label_classes: listOrNull(compared.classes),
            length_min: compared.lengthMin ?? null,
            length_max: compared.lengthMax ?? null,
          })
          .execute()
      }
    }),
)

function listOrNull(values: readonly string[] | undefined) {
  return values === undefined ? null : [...values]
}

type Given = { readonly kind: PriceRule['kind']; readonly zone: string | undefined; readonly match: string }

/** Texts that are no pattern are left out. */
function toRule({ kind, zone: of, match }: Given, minutes: number): readonly PriceRule[] {
  const compared: LabelMatch | undefined = kind === 'name' ? { weight: 0 } : readLabelMatch(kind, match)
  if (compared === undefined) return []
  const inForceSince = new Date(Date.UTC(2026, 0, 1, 0, minutes))
  return [{ id: newId(), kind, zone: of, match, label: compared, inForceSince }]
}
