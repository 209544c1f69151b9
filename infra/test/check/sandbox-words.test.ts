import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sandboxKinds } from '../../../apps/gateway/src/resources/sandbox.ts'
import { sandboxEndings } from '../../../apps/registry-sim/src/registry/sandbox-names.ts'
import { repositoryRoot } from '../../src/paths.ts'

/** What decides about names, whether they are real or of a sandbox. Those who write for readers may describe the labels. */
const deciding = [
  'apps/{worker,catcher}/src/**/*.ts',
  'packages/{core,rules,epp,feeds}/{src,migrations}/**/*.{ts,sql}',
]

const starts = Object.keys(sandboxEndings)

test('the labels by which names of a sandbox end are described as the simulator has them', () => {
  expect(sandboxKinds.map(({ label }) => label.replace('*', '')).toSorted()).toEqual(starts.toSorted())
})

test('no part of the service that runs for real names knows how names of a sandbox end', () => {
  const sources = globSync(deciding, { cwd: repositoryRoot })
  expect(sources.length).toBeGreaterThan(500)
  // A quote, and the beginning of a label.
  const word = new RegExp(`['"\`/^](${starts.join('|')})`)
  const knows = (file: string) => word.test(readFileSync(join(repositoryRoot, file), 'utf8'))
  expect(sources.filter(knows)).toEqual([])
  expect(knows('packages/payments/src/sandbox/payer.ts')).toBe(true)
})
