import { expect, test } from 'vitest'
import { migrationsFolder, readMigrations } from '../../src/database/migrations.ts'

/**
 * What the release before may still use. The last release that took something away is older than the first that is updated while it runs. A later one
 * says in its name that it contracts, so that its author has looked at what the release before uses.
 */
const since = '0100'
const taking =
  /\bdrop (table|column|function|trigger|type|view)\b|\brename\b|\bset not null\b|\balter column \w+ (set data )?type\b/i

/** Those that take something away without saying so. */
function takeSomething(migrations: readonly { readonly name: string; readonly sql: string }[]) {
  return migrations
    .filter(({ name }) => name >= since && !name.endsWith('_contract.sql'))
    .filter(({ sql }) => taking.test(sql.replaceAll(/--.*$/gm, '')))
    .map(({ name }) => name)
}

test('a migration takes nothing away that the release before uses, or says that it contracts', () => {
  expect(takeSomething(readMigrations(migrationsFolder))).toEqual([])
})

test.each([
  'alter table listing drop column name',
  'alter table listing rename column name to domain',
  'drop table watch',
  'alter table listing alter column name set not null',
  'alter table listing alter column version type bigint',
])('noticed: %s', (sql) => {
  expect(takeSomething([{ name: '0200_x.sql', sql }])).toEqual(['0200_x.sql'])
  expect(takeSomething([{ name: '0200_x_contract.sql', sql }])).toEqual([])
  expect(takeSomething([{ name: '0200_x.sql', sql: `-- ${sql}` }])).toEqual([])
})
