import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A small workspace in a temporary folder, for tests that break a rule on purpose. */
export type Workspace = { readonly root: string; readonly remove: () => void }

/** Makes files, an npm package for each of `packages`, and a link for each `@droplock/` workspace among the files. */
export function makeWorkspace(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = [],
): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'droplock-workspace-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  mkdirSync(join(root, 'node_modules', '@droplock'), { recursive: true })
  for (const home of workspacesAmong(Object.keys(files))) {
    const name = home.split('/').at(-1) ?? home
    const exports = { './*': './src/*.ts' }
    write(`${home}/package.json`, JSON.stringify({ name: `@droplock/${name}`, version: '1.0.0', exports }))
    symlinkSync(join(root, home), join(root, 'node_modules', '@droplock', name))
  }
  return { root, remove: () => rmSync(root, { recursive: true }) }
}

function workspacesAmong(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.flatMap((path) => /^((?:packages|apps)\/[^/]+|infra|loadtests|e2e)\//.exec(path)?.[1] ?? []),
  )
}
