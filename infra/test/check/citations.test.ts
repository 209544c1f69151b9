import { expect, test } from 'vitest'
import { findDeadCitations } from '../../src/check/find-dead-citations.ts'

// What is cited is put together at run time, so that the check does not find it in this file.
const md = 'md'
const ts = 'ts'
const section = '§'

const cases: readonly (readonly [what: string, path: string, text: string, cited: readonly string[]])[] = [
  [
    'a path in backticks',
    'README.md',
    'See `docs/none.md`, `docs/rules.md`, `docs/`, `docs/NNNN_x.md`.',
    ['docs/none.md'],
  ],
  [
    'a link, which starts at its page',
    'docs/page.md',
    '[a](rules.md#part) [b](docs/rules.md)',
    ['docs/rules.md'],
  ],
  ['a rule', 'apps/a/src/b.ts', `/** Rules 1, ${2} and ${3}. */`, ['rule 2', 'rule 3']],
  ['a rule in a page', 'README.md', `See rule ${4}.`, ['rule 4']],
  ['a decision', 'packages/a/migrations/0001_a.sql', `-- ADR 1, ADR ${2}`, ['ADR 2']],
  [
    'a document in a comment',
    'apps/a/src/b.ts',
    `const a = "notes.${md}" // domain.${md} 3, rules.${md}`,
    [`domain.${md}`],
  ],
  [
    'a source in a comment',
    'apps/a/src/b.ts',
    `import * as c from './c.ts'\n/** See take.ts, gone.${ts}, NAME.${ts}. */`,
    [`gone.${ts}`],
  ],
  [
    'a section of a document',
    'apps/a/src/b.ts',
    `/**\n * Domain ${section}3, RFC 5730 ${section}2.4.\n */`,
    [`Domain ${section}`],
  ],
  [
    'a name of the code',
    'ARCHITECTURE.md',
    '`takeListing`, `no_such_constraint`, `plain`',
    ['no_such_constraint'],
  ],
  [
    'a path of the API',
    'README.md',
    'curl "$API/v1/things/THING-ID/parts?limit=2" "$API/v1/things/parts" "$API/v1/things"',
    ['/v1/things/parts'],
  ],
  ['a name that only a test mentions', 'docs/rules.md', '### Rule 1: One\n`giveListing`', ['giveListing']],
]

test.each(cases)('the check sees %s that is not there', (_, path, text, cited) => {
  const files = [
    { path, text },
    { path: 'docs/rules.md', text: '### Rule 1: One holder\n' },
    { path: 'docs/adr/0001-the-database-clock-decides.md', text: '' },
    {
      path: 'packages/contracts/openapi.json',
      text: '    "/v1/things": {\n    "/v1/things/{id}/parts": {\n',
    },
    { path: 'packages/core/src/take.ts', text: 'export function takeListing() {}' },
    { path: 'packages/core/test/give.test.ts', text: 'function giveListing() {}' },
  ]
  expect(findDeadCitations(files)).toEqual(cited.map((one) => `${path} cites ${one}, which is not there`))
})
