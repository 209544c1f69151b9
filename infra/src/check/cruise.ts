import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

type Violation = { readonly rule: string; readonly from: string; readonly to: string }

export type Cruise = { readonly modules: number; readonly violations: readonly Violation[] }

/** The folders with our code, in the checkout and in the test workspaces that break rules on purpose. */
const folders = ['packages', 'apps', 'infra', 'loadtests', 'e2e']

/** Follows every import of the workspace at `root`. Returns what the rules of `.dependency-cruiser.mjs` forbid, and circles of core's nouns. */
export async function cruise(root: string): Promise<Cruise> {
  const program = join(repositoryRoot, 'node_modules', '.bin', 'depcruise')
  const config = join(repositoryRoot, '.dependency-cruiser.mjs')
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  const text = await outputOf([program, '--config', config, '--output-type', 'json', ...present], root)
  const { summary, modules }: Cruised = JSON.parse(text)
  const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  return { modules: summary.totalCruised, violations: [...violations, ...circles(modules)] }
}

/**
 * Imports that are part of a circle of core's nouns. A noun is a folder or a file of `packages/core/src`. Two nouns can import each
 * other without a circle of files, so dependency-cruiser's own rule does not find that. Nouns that import no other noun are removed
 * until there are no more: what remains is a circle, or imports one.
 */
function circles(modules: Cruised['modules']): readonly Violation[] {
  let left = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved })).filter(isBetweenNouns),
  )
  for (;;) {
    const importing = new Set(left.map(({ from }) => nounOf(from)))
    const kept = left.filter(({ to }) => importing.has(nounOf(to)))
    if (kept.length === left.length) break
    left = kept
  }
  return left.map(({ from, to }) => ({ rule: 'no-cycles-between-nouns', from, to }))
}

const nounOf = (path: string): string | undefined =>
  /^packages\/core\/src\/([^/]+?)(\.ts|\/|$)/.exec(path)?.[1]

function isBetweenNouns({ from, to }: { readonly from: string; readonly to: string }): boolean {
  const [importing, imported] = [nounOf(from), nounOf(to)]
  return importing !== undefined && imported !== undefined && importing !== imported
}

/** The part of dependency-cruiser's JSON that is read here. */
type Cruised = {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly {
      readonly rule: { readonly name: string }
      readonly from: string
      readonly to: string
    }[]
  }
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string }[]
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
