// Who may import whom. `infra/test/check/boundaries.test.ts` breaks every rule on purpose and sees it named.

/** What each workspace's sources may import of the others. Tests are free: they put pieces together. */
const mayImport = {
  'packages/rules': [],
  'packages/contracts': ['packages/rules'],
  'packages/core': ['packages/rules'],
  'packages/epp': ['packages/rules'],
  'packages/feeds': ['packages/rules'],
  'packages/payments': ['packages/rules'],
  'packages/invoices': ['packages/rules'],
  'packages/mail': ['packages/rules'],
  'packages/observability': [],
  // How every server reads its configuration.
  'packages/settings': ['packages/rules'],
  // What HTTP servers have in common; browsers and the database stay out of it.
  'packages/http': ['packages/rules', 'packages/contracts', 'packages/observability', 'packages/settings'],
  'packages/passwords': [],
  'packages/sdk': [],
  // What runs in a browser sees rules, contracts and sdk.
  'apps/console': ['packages/rules', 'packages/contracts', 'packages/sdk'],
  'apps/marketplace': [
    'packages/rules',
    'packages/contracts',
    'packages/core',
    'packages/http',
    'packages/observability',
    'packages/passwords',
    'packages/sdk',
    'packages/settings',
  ],
  'apps/(?!console/|marketplace/)[^/]+': ['packages/(?!sdk/)[^/]+'],
  infra: ['packages/[^/]+'],
  loadtests: ['packages/rules', 'packages/contracts', 'packages/sdk'],
  e2e: ['packages/rules', 'packages/contracts', 'packages/sdk'],
}

const directions = Object.entries(mayImport).map(([from, to]) => ({
  name: `direction-of-${from.startsWith('apps/(') ? 'servers' : from.split('/').at(-1)}`,
  severity: 'error',
  from: { path: `^(${from})/src/` },
  to: {
    path: '^(packages|apps|infra|loadtests|e2e)/',
    // `$1` is the importing workspace itself.
    pathNot: ['^$1/', ...to.map((folder) => `^${folder}/`)],
  },
}))

export default {
  forbidden: [
    ...directions,
    {
      name: 'only-core-talks-to-the-database',
      comment: 'The launcher and the benches are the named exceptions.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^(packages/core|infra)/' },
      to: { path: 'node_modules/(kysely|pg|pg-pool)/' },
    },
    {
      name: 'no-node-where-browsers-look',
      severity: 'error',
      // The script that writes the committed documents is no part of what a browser loads.
      from: { path: '^packages/(rules|contracts|sdk)/src/', pathNot: '^packages/[^/]+/src/generate[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-import-no-package',
      comment: 'But for the time zones of schedules, until engines have Temporal.',
      severity: 'error',
      from: { path: '^packages/rules/src/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(temporal-polyfill|temporal-spec)/' },
    },
    {
      name: 'temporal-in-schedules-only',
      severity: 'error',
      from: { path: '^packages/rules/src/', pathNot: '^packages/rules/src/schedule/' },
      to: { path: 'node_modules/(temporal-polyfill|temporal-spec)/' },
    },
    {
      name: 'no-test-code-in-sources',
      severity: 'error',
      from: { path: '/src/', pathNot: ['^packages/core/src/testing/', '^infra/src/test/'] },
      to: {
        path: [
          '^(packages|apps)/[^/]+/test/',
          '^(infra|loadtests|e2e)/test/',
          '^packages/core/src/testing/',
          'node_modules/vitest/',
        ],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-missing-files', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo|\\.droplock)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
