import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

/** A database with a log of four changes. */
async function givenLog() {
  const database = await cloneDatabase()
  onTestFinished(() => database.drop())
  const { run, one } = adminOn(database.url)
  for (const name of ['ann', 'ben', 'cas', 'dot'])
    await one('reseller', 'add', `${name} Ltd`, '--currency', 'USD')
  return { url: database.url, verify: () => run('audit', 'verify') }
}

test('audit verify counts the entries of a log that nobody has touched, and ends with 0', async () => {
  const { verify } = await givenLog()
  expect(await verify()).toEqual({
    code: 0,
    out: 'entries: 4\nbreaks: 0\nfirst_break_at: -\nfirst_fault: -\n',
    err: '',
  })
})

const tampering = [
  ['changed', 'update audit_entry set subject_id = $$another$$ where seq = 2', 4, 2, 'hash_differs'],
  ['removed', 'delete from audit_entry where seq = 2', 3, 2, 'missing'],
  ['cut off at the end', 'delete from audit_entry where seq >= 3', 2, 3, 'cut_off'],
] as const

test.each(tampering)(
  'audit verify ends with 1 and names the first entry that was %s',
  async (_, statement, entries, at, fault) => {
    const { url, verify } = await givenLog()
    const owner = new Client({ connectionString: url })
    await owner.connect()
    // As somebody does who owns the database: no trigger and no constraint stands in the way.
    await owner.query('set session_replication_role = replica')
    await owner.query(statement)
    await owner.end()
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toMatch(
      new RegExp(`^entries: ${entries}\nbreaks: \\d+\nfirst_break_at: ${at}\nfirst_fault: ${fault}\n$`),
    )
  },
)
