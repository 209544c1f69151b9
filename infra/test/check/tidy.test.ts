import { describe, expect, test } from 'vitest'
import { repositoryFiles, type TextFile } from '../../src/check/repository-files.ts'
import {
  environmentReaders,
  LINES_MAX,
  LINES_SOFT_MAX,
  lockedAddresses,
  namedRegistries,
  notOneVerb,
  strayLocks,
  tooLong,
} from '../../src/check/tidy.ts'

/** Steps of one noun that are read together. */
const severalVerbs: readonly string[] = [
  'packages/core/src/accounts/low-balance.ts',
  'packages/core/src/accounts/top-up.ts',
  'packages/core/src/alarms/raise.ts',
  'packages/core/src/backorders/claim.ts',
  'packages/core/src/backorders/place.ts',
  'packages/core/src/billing/seller.ts',
  'packages/core/src/bulk-orders/process.ts',
  'packages/core/src/connection-tests/carry-out.ts',
  'packages/core/src/deliveries/undelivered.ts',
  'packages/core/src/events/feed.ts',
  'packages/core/src/invoices/issue.ts',
  'packages/core/src/lists/open-run.ts',
  'packages/core/src/members/mails.ts',
  'packages/core/src/members/own.ts',
  'packages/core/src/members/people.ts',
  'packages/core/src/payment-provider/ask.ts',
  'packages/core/src/payment-provider/handle-events.ts',
  'packages/core/src/proposals/propose.ts',
  'packages/core/src/reconciliation/run.ts',
  'packages/core/src/registrations/request.ts',
  'packages/core/src/registry-requests/record.ts',
  'packages/core/src/renewals/order.ts',
  'packages/core/src/schedule/steps.ts',
  'packages/core/src/sources/claim.ts',
  'packages/core/src/targets/record.ts',
  'packages/core/src/webhook-endpoints/recover.ts',
  'packages/core/src/webhook-endpoints/retry-delivery.ts',
]

/** An invoice locks its order and its buyer with the columns that it copies. */
const locksElsewhere: readonly string[] = [
  'packages/core/src/invoices/invoiceable.ts',
  'packages/core/src/invoices/issue.ts',
]

const files = repositoryFiles()
const file = (path: string, text: string): TextFile => ({ path, text })
const at = (path: string, text: string) => file(`packages/core/src/${path}.ts`, text)
const useCase = (name: string) => `export async function ${name}(ctx: Context): Promise<void> {}\n`

describe('this repository', () => {
  test('has its files read, so that an empty result means something', () => {
    expect(files.map(({ path }) => path)).toContain('package.json')
    expect(files.length).toBeGreaterThan(50)
  })

  test(`has no source of more than ${LINES_MAX} lines`, () => {
    for (const warning of tooLong(files, LINES_SOFT_MAX)) console.warn(`long: ${warning}`)
    expect(tooLong(files, LINES_MAX)).toEqual([])
  })

  test('names no package registry', () => expect(namedRegistries(files)).toEqual([]))
  test('locks no download address', () => expect(lockedAddresses(files)).toEqual([]))
  test('reads the environment only in configs', () => expect(environmentReaders(files)).toEqual([]))
  test('has one use case that changes something in each file of core', () =>
    expect(notOneVerb(files, severalVerbs)).toEqual([]))
  test('takes the row locks of core in one order', () =>
    expect(strayLocks(files, locksElsewhere)).toEqual([]))
})

describe('the check sees', () => {
  test('a source that is too long, except generated code and migrations', () => {
    const long = 'x\n'.repeat(LINES_MAX + 1)
    const paths = [
      'apps/a/src/b.ts',
      'packages/core/src/database/tables.gen.ts',
      'packages/core/migrations/0001_a.sql',
    ]
    expect(
      tooLong(
        paths.map((path) => file(path, long)),
        LINES_MAX,
      ),
    ).toEqual([`apps/a/src/b.ts has ${LINES_MAX + 1} lines, more than ${LINES_MAX}`])
  })

  test('a registry by its name', () => {
    const host = ['registry', 'npmjs', 'org'].join('.')
    expect(namedRegistries([file('a.md', `https://${host}/x`)])).toEqual(['a.md names a package registry'])
  })

  test('a locked address', () => {
    const lock = file('pnpm-lock.yaml', '    resolution: {tarball: https://example.com/a.tgz}\n')
    expect(lockedAddresses([lock])).toEqual(['pnpm-lock.yaml holds download addresses'])
  })

  test('the environment read outside a config', () => {
    const text = 'export const port = process.env.PORT\n'
    expect(
      environmentReaders([file('apps/a/src/config.ts', text), file('apps/a/src/main.ts', text)]),
    ).toEqual(['apps/a/src/main.ts reads process.env; only src/config.ts does'])
  })

  test('a file with two use cases that change something, and an exception that is no longer needed', () => {
    const one = at(
      'backorders/place',
      useCase('placeBackorder') + useCase('getBackorder') + useCase('isHeld'),
    )
    const shared = 'export const b = 1\nexport function writeRow(tx: Tx, ctx: Context) {}\n'
    const beside = at('refunds/fail', useCase('failRefund') + shared)
    const two = at('refunds/all', useCase('approve') + useCase('reject'))
    const over = at(
      'refunds/lines',
      `${useCase('approve')}export function reject<T>(\n  ctx: Context,\n) {}\n`,
    )
    const smallNoun = at('watches', two.text)
    const shares = ['read', 'administer'].map((name) => at(`refunds/${name}`, two.text))
    const several = 'has several use cases that change something; each has its own file'
    expect(notOneVerb([one, beside, two, over, smallNoun, ...shares], [one.path])).toEqual([
      `${two.path} ${several}`,
      `${over.path} ${several}`,
      `${one.path} need not be listed any more`,
    ])
  })
})

const builder = (rest: string, table = 'listing') =>
  at(`refunds/${table}`, `tx.selectFrom('${table}').selectAll()${rest}.execute()\n`)
const written = (text: string) => at('refunds/sql', `sql\`with due as (\n${text})\nupdate listing\`\n`)
const isStray = (each: TextFile) => strayLocks([each], []).length === 1

test('the check sees a lock outside the lock order', () => {
  expect(isStray(builder(`.where('id', '=', id).forUpdate()`))).toBe(true)
  expect(isStray(builder(`.where('id', '=', id).forNoKeyUpdate()`, 'account'))).toBe(true)
  expect(isStray(builder(`.orderBy('id').forUpdate()`))).toBe(false)
  expect(isStray(builder('.limit(1).forUpdate().skipLocked()'))).toBe(false)
  expect(isStray(builder('.forUpdate()', 'finance_task'))).toBe(false)
  expect(isStray(written('select id from listing for update'))).toBe(true)
  expect(isStray(written('select id from listing for update of listing'))).toBe(true)
  expect(isStray(written('select id from listing order by id for update'))).toBe(false)
  expect(isStray(written('select id from listing limit 9 for update skip locked'))).toBe(false)
  expect(isStray(at('locks', builder('.forUpdate()').text))).toBe(false)
  expect(strayLocks([], ['a.ts'])).toEqual(['a.ts need not be listed any more'])
})
