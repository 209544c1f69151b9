import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repositoryRoot } from '../paths.ts'
import { findBadLicences, findLoosePins } from './find-bad-dependencies.ts'

// Licences, pins and install scripts of the packages that we use. Those of other platforms are not installed here and so not read; they
// belong to packages that are.

const Licences = z.record(z.string(), z.array(z.object({ name: z.string(), license: z.string() })))
const Pins = z.record(z.string(), z.string()).default({})
const Manifest = z.object({ dependencies: Pins, devDependencies: Pins, optionalDependencies: Pins })

/** Without its store or lock file pnpm lists nothing, and nothing would be wrong. */
const PACKAGES_MIN = 300

function pnpm(...args: readonly string[]): string {
  const program = join(repositoryRoot, 'node_modules', '.bin', 'pnpm')
  return execFileSync(program, args, { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 2 ** 26 })
}

const packagesOf = (...args: readonly string[]) =>
  Object.values(Licences.parse(JSON.parse(pnpm('licenses', 'list', '--json', ...args)))).flat()

const all = packagesOf()
const shipped = packagesOf('--prod')
const manifests = globSync('{.,packages/*,apps/*,infra,loadtests,e2e}/package.json', {
  cwd: repositoryRoot,
}).map((path) => {
  const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(
    JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')),
  )
  return { path, dependencies: { ...dependencies, ...devDependencies, ...optionalDependencies } }
})
const undecided = /^\s+(?!None$)(\S+)$/m.exec(pnpm('ignored-builds').split('Explicitly', 1)[0] ?? '')

const faults = [
  ...findBadLicences(shipped, all).map((text) => `licence not allowed: ${text}`),
  ...findLoosePins(manifests).map((text) => `not pinned: ${text}`),
  ...(undecided === null
    ? []
    : [`has an install script, and is in no list of pnpm-workspace.yaml: ${undecided[1]}`]),
  ...(all.length < PACKAGES_MIN
    ? [`only ${all.length} packages were found; there are at least ${PACKAGES_MIN}`]
    : []),
]
for (const fault of faults) console.error(fault)
console.log(`${all.length} packages, ${shipped.length} of them shipped, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
