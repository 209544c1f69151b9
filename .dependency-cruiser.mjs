// Which workspace may import which. `infra/test/check/boundaries.test.ts` breaks every rule on purpose and expects its name.

/** What the sources of each workspace may import of the others. Tests may import everything. */
const mayImport = {
  'packages/rules': [],
  'packages/contracts': ['packages/rules'],
  'packages/core': ['packages/rules'],
  'packages/epp': ['packages/rules'],
  'packages/feeds': ['packages/rules'],
  'packages/payments': ['packages/rules'],
  'packages/invoices': ['packages/rules'],
  'packages/mail': ['packages/rules'],
  'packages/rdap': ['packages/rules'],
  'packages/webhooks': ['packages/rules'],
  'packages/observability': [],
  // How every server reads its configuration.
  'packages/settings': ['packages/rules'],
  // What the HTTP servers share. It imports neither browser code nor the database.
  'packages/http': ['packages/rules', 'packages/contracts', 'packages/observability', 'packages/settings'],
  'packages/passwords': [],
  'packages/sdk': [],
  // Code that runs in a browser may import rules, contracts and sdk only.
  'apps/console': ['packages/rules', 'packages/contracts', 'packages/sdk'],
  'apps/marketplace': [
    'packages/rules',
    'packages/contracts',
    'packages/core',
    'packages/http',
    'packages/mail',
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
      name: 'only-core-imports-the-database',
      comment: 'The launcher and the benches are the exceptions.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^(packages/core|infra)/' },
      to: { path: 'node_modules/(kysely|pg|pg-pool)/' },
    },
    {
      name: 'pages-import-no-server',
      comment: 'The pages of the marketplace run in browsers, its server beside them does not.',
      severity: 'error',
      from: { path: '^apps/marketplace/src/pages/' },
      to: { path: ['^apps/marketplace/src/(?!pages/)', '^packages/(?!rules/|contracts/|sdk/)'] },
    },
    {
      name: 'no-node-in-browser-code',
      severity: 'error',
      // The script that writes the committed documents is not loaded by browsers.
      from: {
        path: ['^packages/(rules|contracts|sdk)/src/', '^apps/marketplace/src/pages/'],
        pathNot: '^packages/[^/]+/src/generate[.]ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-import-no-package',
      comment: 'Except Temporal, for the time zones of schedules, until engines have it.',
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
      from: {
        path: '/src/',
        pathNot: ['^packages/core/src/testing/', '^infra/src/(test|trust)/', '^infra/src/trust[.]ts$'],
      },
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
