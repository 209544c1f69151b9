import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSuite } from 'vitest/node'
import { add, nothing, type Tally } from './tally.ts'

/**
 * Counts a run for `npm test` and sends the tally to the parent process. Vitest's own summary says "0 failed" of a file
 * that did not load, of a hook that threw and of an error that was not caught; here each of them is a failure.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const counted = modules.map(tallyOf).reduce(add, nothing)
    const all = add(counted, { passed: 0, failed: unhandled.length })
    // Interrupted, or failed for a reason that none of the above shows: still a failure.
    const tally = reason !== 'passed' && all.failed === 0 ? add(all, { passed: 0, failed: 1 }) : all
    for (const test of modules.flatMap(skippedTests)) console.log(`skipped: ${test.fullName}${noteOf(test)}`)
    process.send?.(tally)
  }
}

function tallyOf(module: TestModule): Tally {
  const states = [...module.children.allTests()].map((test) => test.result().state)
  const tests = {
    passed: states.filter((state) => state === 'passed').length,
    failed: states.filter((state) => state === 'failed').length,
  }
  return add(tests, { passed: 0, failed: brokenAround(module) })
}

/** A file that did not load and hooks that threw, in the file or in a suite of it. */
function brokenAround(module: TestModule): number {
  const suites: readonly (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  return suites.filter((suite) => suite.errors().length > 0).length
}

function skippedTests(module: TestModule): readonly TestCase[] {
  return [...module.children.allTests('skipped')]
}

function noteOf(test: TestCase): string {
  const result = test.result()
  return 'note' in result && result.note !== undefined ? ` (${result.note})` : ''
}
