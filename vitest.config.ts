import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** One project per workspace that has tests, found by folder: a new package is tested without being listed. */
const homes = ['packages', 'apps']
  .flatMap((home) => readdirSync(home).map((name) => `${home}/${name}`))
  .concat('infra', 'loadtests', 'e2e')
  .filter((folder) => existsSync(`${folder}/test`))

export default defineConfig({
  test: {
    globalSetup: ['infra/src/test/database.ts'],
    // Tests of processes mostly wait: with a worker per core the cores would idle.
    maxWorkers: 2 * availableParallelism(),
    projects: homes.map((folder) => ({
      test: {
        name: folder.split('/').at(-1) ?? folder,
        include: [`${folder}/test/**/*.test.ts`],
        testTimeout: 120_000,
        hookTimeout: 60_000,
        // What is asked again is mostly another process, which a busy machine may hold up for seconds.
        expect: { poll: { timeout: 30_000 } },
      },
    })),
  },
})
