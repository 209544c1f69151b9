import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cruise, cruise } from '../../src/check/cruise.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

/** Importing file → what it imports → the rule that must report it. */
const forbidden: readonly (readonly [from: string, imports: string, rule: string])[] = [
  ['packages/rules/src/a.ts', '@droplock/core/x', 'direction-of-rules'],
  ['packages/contracts/src/a.ts', '@droplock/core/x', 'direction-of-contracts'],
  ['packages/core/src/a.ts', '@droplock/epp/x', 'direction-of-core'],
  ['packages/core/src/b.ts', '@droplock/contracts/x', 'direction-of-core'],
  ['packages/epp/src/a.ts', '@droplock/core/x', 'direction-of-epp'],
  ['packages/feeds/src/a.ts', '@droplock/epp/x', 'direction-of-feeds'],
  ['packages/payments/src/a.ts', '@droplock/observability/x', 'direction-of-payments'],
  ['packages/invoices/src/a.ts', '@droplock/core/x', 'direction-of-invoices'],
  ['packages/observability/src/a.ts', '@droplock/rules/x', 'direction-of-observability'],
  ['packages/http/src/a.ts', '@droplock/core/x', 'direction-of-http'],
  ['packages/settings/src/a.ts', '@droplock/observability/x', 'direction-of-settings'],
  ['packages/core/src/s.ts', '@droplock/settings/x', 'direction-of-core'],
  ['packages/core/src/h.ts', '@droplock/http/x', 'direction-of-core'],
  ['apps/console/src/b.ts', '@droplock/http/x', 'direction-of-console'],
  ['packages/passwords/src/a.ts', '@droplock/rules/x', 'direction-of-passwords'],
  ['packages/sdk/src/a.ts', '@droplock/contracts/x', 'direction-of-sdk'],
  ['apps/console/src/a.ts', '@droplock/core/x', 'direction-of-console'],
  ['apps/marketplace/src/a.ts', '@droplock/epp/x', 'direction-of-marketplace'],
  ['apps/marketplace/src/pages/a.ts', '@droplock/core/x', 'pages-import-no-server'],
  ['apps/marketplace/src/pages/b.ts', '../a.ts', 'pages-import-no-server'],
  ['apps/marketplace/src/pages/c.ts', 'node:fs', 'no-node-in-browser-code'],
  ['apps/gateway/src/a.ts', '@droplock/worker/x', 'direction-of-servers'],
  ['apps/gateway/src/b.ts', '@droplock/sdk/x', 'direction-of-servers'],
  ['infra/src/a.ts', '@droplock/worker/x', 'direction-of-infra'],
  ['loadtests/src/a.ts', '@droplock/core/x', 'direction-of-loadtests'],
  ['e2e/src/a.ts', '@droplock/core/x', 'direction-of-e2e'],
  ['apps/gateway/src/c.ts', 'pg', 'only-core-imports-the-database'],
  ['apps/worker/src/c.ts', 'kysely', 'only-core-imports-the-database'],
  ['packages/rules/src/c.ts', 'node:fs', 'no-node-in-browser-code'],
  ['packages/contracts/src/c.ts', 'node:fs', 'no-node-in-browser-code'],
  ['packages/rules/src/d.ts', 'zod', 'rules-import-no-package'],
  ['packages/rules/src/e.ts', 'temporal-polyfill', 'temporal-in-schedules-only'],
  ['packages/core/src/c.ts', 'vitest', 'no-test-code-in-sources'],
  ['packages/core/src/d.ts', '../test/x.ts', 'no-test-code-in-sources'],
  ['apps/worker/src/d.ts', '@droplock/core/testing/x', 'no-test-code-in-sources'],
  ['packages/core/src/e.ts', './f.ts', 'no-cycles'],
  ['packages/core/src/g.ts', './nowhere.ts', 'no-missing-files'],
  // Two nouns, by two files of one of them: no circle of files.
  ['packages/core/src/lists/a.ts', '../zones.ts', 'no-cycles-between-nouns'],
  ['packages/core/src/zones.ts', './lists/b.ts', 'no-cycles-between-nouns'],
]

const allowed: readonly (readonly [from: string, imports: string])[] = [
  ['packages/rules/src/schedule/a.ts', 'temporal-polyfill'],
  ['packages/contracts/src/z.ts', '@droplock/rules/x'],
  ['packages/core/src/z.ts', 'kysely'],
  ['packages/core/src/lists/z.ts', '../x.ts'],
  ['packages/core/src/testing/z.ts', 'vitest'],
  ['packages/epp/src/z.ts', 'node:net'],
  ['packages/epp/test/z.ts', '@droplock/worker/x'],
  ['apps/gateway/src/z.ts', '@droplock/core/x'],
  ['apps/worker/src/z.ts', '@droplock/observability/x'],
  ['apps/gateway/src/y.ts', '@droplock/http/x'],
  ['packages/http/src/z.ts', '@droplock/contracts/x'],
  ['packages/http/src/y.ts', '@droplock/settings/x'],
  ['apps/worker/src/y.ts', '@droplock/settings/x'],
  ['apps/marketplace/src/z.ts', '@droplock/sdk/x'],
  ['apps/marketplace/src/pages/z.ts', '@droplock/sdk/x'],
  ['infra/src/z.ts', 'pg'],
]

const targets = [
  'rules',
  'contracts',
  'core',
  'epp',
  'feeds',
  'payments',
  'observability',
  'http',
  'settings',
  'sdk',
  'worker',
]
const leaves = [
  ...targets.map((name) => `${name === 'worker' ? 'apps' : 'packages'}/${name}/src/x.ts`),
  'packages/core/test/x.ts',
  'packages/core/src/testing/x.ts',
]

const importing = (specifier: string) => `import type { X } from '${specifier}'\nexport type Y = X\n`

let workspace: Workspace
let seen: Cruise
beforeAll(async () => {
  workspace = makeWorkspace(
    Object.fromEntries([
      ['packages/core/src/f.ts', importing('./e.ts')],
      ['packages/core/src/lists/b.ts', 'export type X = 1\n'],
      ...leaves.map((path) => [path, 'export type X = 1\n']),
      ...[...forbidden, ...allowed].map(([from, imports]) => [from, importing(imports)]),
    ]),
    ['pg', 'kysely', 'zod', 'vitest', 'temporal-polyfill'],
  )
  seen = await cruise(workspace.root)
})
afterAll(() => workspace.remove())

test.each(forbidden)('%s may not import %s: %s', (from, _, rule) => {
  expect(
    seen.violations.filter((violation) => violation.from === from).map((violation) => violation.rule),
  ).toContain(rule)
})

test.each(allowed)('%s may import %s', (from) => {
  expect(seen.violations.filter((violation) => violation.from === from)).toEqual([])
})

test('every file is read, so that an empty result means something', () => {
  expect(seen.modules).toBeGreaterThanOrEqual(forbidden.length + allowed.length + leaves.length)
})
