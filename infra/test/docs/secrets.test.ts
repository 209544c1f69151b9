import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretKeySettings } from '@droplock/rules/secret-keys'
import { expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')

/** Names of columns with something secret, or with what is made of it. */
const secretNames = /secret|token|password|salt|unsubscribe|identifier|(?:key|code|csrf)_sha256/

/** The columns of the database that have such a name and hold text or octets, as `table.column`. */
function secretColumns(): readonly string[] {
  const tables = [...read('packages/core/schema.sql').matchAll(/^create table (\w+) \(\n(.*?)^\)/gms)]
  return tables.flatMap(([, table = '', body = '']) =>
    [...body.matchAll(/^ {2}(\w+) (?:text|bytea)/gm)]
      .map(([, column = '']) => column)
      .filter((column) => secretNames.test(column))
      .map((column) => `${table}.${column}`),
  )
}

test('the page of secrets names every column that has one, or what is made of one', () => {
  const page = read('docs/security/secrets.md')
  const columns = secretColumns()
  expect(columns.length).toBeGreaterThan(20)
  expect(columns.filter((column) => !page.includes(`\`${column}\``))).toEqual([])
})

test('it names every setting whose keys have made something that is kept', () => {
  const page = read('docs/security/secrets.md')
  expect(secretKeySettings.filter((setting) => !page.includes(`| \`${setting}\` |`))).toEqual([])
})
