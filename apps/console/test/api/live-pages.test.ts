import { isLiveResource, liveResources } from '@droplock/rules/changes'
import { expect, test } from 'vitest'
import { alsoShownIn } from '../../src/api/live-changes.ts'

const sources = Object.values(
  import.meta.glob<string>('../../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }),
)

const report = 'who reads a report wants it to stay as it is'

/** What pages read that no change has read again, with the reason. */
const notLive: Readonly<Record<string, string>> = {
  ageing: report,
  'fee-answers': 'registries answer all day, and no answer waits for a person',
  ledger: 'every order posts: who reads a period wants it to stay as it is',
  me: 'only the person changes it, and whose change it is has everything read again',
  'problem-page': 'nobody is signed in: it says why not',
  receivables: report,
  'receiver-tests': 'the dialog asks until the test has its answer',
  'refund-ages': report,
  'refund-report': report,
  'revenue-report': report,
  search: 'it is asked while a person types',
  'second-factor': 'only the person changes it, and whose change it is has everything read again',
  'second-factor-setup': 'a secret is made when it is asked for',
  session: 'the end of a session ends the stream',
  settings: 'they are those of the processes, and change when these are started',
  'sign-in-means': 'nobody is signed in: they are those of the settings',
  'staff-link': 'nobody is signed in: a link is looked at once',
  targets: 'the queries have the key of the backorder',
  'zone-outcomes': 'counts of many days, to which an outcome adds little',
}

/** The first parts of the paths that pages and dialogs read, by their queries, lists and calls. */
function readByPages(): ReadonlySet<string> {
  const patterns = [
    /\bresource=\{?["'`]([a-z-]+)/g,
    /queryKey: \[["'`]([a-z-]+)/g,
    /\bapi\.get(?:<[^(]*>)?\(\s*["'`]([a-z-]+)/g,
  ]
  const found = sources.flatMap((source) =>
    patterns.flatMap((pattern) => [...source.matchAll(pattern)].flatMap(([, name]) => name ?? [])),
  )
  return new Set(found)
}

test('whatever a page reads is read again when it changes, or is named here with the reason why not', () => {
  const followed = new Set<string>([
    'today',
    ...Object.keys(liveResources),
    ...Object.values(alsoShownIn).flat(),
  ])
  const read = readByPages()
  expect(read.size).toBeGreaterThan(40)
  const others = [...read].filter((name) => !followed.has(name)).toSorted()
  expect(others).toEqual(Object.keys(notLive).toSorted())
  expect(Object.keys(notLive).filter((name) => isLiveResource(name))).toEqual([])
})
