import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

type Violation = { readonly rule: string; readonly from: string; readonly to: string }
export type Cruise = { readonly modules: number; readonly violations: readonly Violation[] }

/** Our own folders, in the checkout and in the copies that tests break on purpose. */
const folders = ['packages', 'apps', 'infra', 'loadtests', 'e2e']

/** Follows every import of the workspace at `root` and gives what the rules of `.dependency-cruiser.mjs` forbid. */
export async function cruise(root: string): Promise<Cruise> {
  const program = join(repositoryRoot, 'node_modules', '.bin', 'depcruise')
  const config = join(repositoryRoot, '.dependency-cruiser.mjs')
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  const text = await outputOf([program, '--config', config, '--output-type', 'json', ...present], root)
  const { summary }: { summary: Summary } = JSON.parse(text)
  const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  return { modules: summary.totalCruised, violations }
}

/** The part of dependency-cruiser's JSON that is read here. */
type Summary = {
  readonly totalCruised: number
  readonly violations: readonly {
    readonly rule: { readonly name: string }
    readonly from: string
    readonly to: string
  }[]
}

function outputOf(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
    child.once('error', reject)
    child.once('close', () => resolve(text))
  })
}

/**
 * Without a compiler it can use, the cruiser follows nothing and is content. The floor is far below what there is, and
 * far above nothing.
 */
const modulesMin = 60

const { modules, violations } = await cruise(repositoryRoot)
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`)
if (modules < modulesMin) console.error(`only ${modules} modules were seen; at least ${modulesMin} are there`)
console.log(`${modules} modules, ${violations.length} violations`)
process.exitCode = violations.length === 0 && modules >= modulesMin ? 0 : 1
