import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { generateFiles } from './generate/files.ts'
import { repositoryRoot } from './paths.ts'

// `npm run generate`: writes every committed file that is derived from something else.
for (const { path, text } of await generateFiles()) {
  writeFileSync(path, text)
  console.log(`wrote ${relative(repositoryRoot, path)}`)
}

// A workspace that derives files by itself has a generate.ts, and a test that fails while they are stale. The SDK's
// types come from the gateway's document: apps first.
const workspaces = ['apps', 'packages'].flatMap((home) =>
  readdirSync(join(repositoryRoot, home)).map((name) => join(repositoryRoot, home, name)),
)
for (const workspace of workspaces) {
  const script = join(workspace, 'src', 'generate.ts')
  if (!existsSync(script)) continue
  const { status } = spawnSync(process.execPath, [script], { cwd: repositoryRoot, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${relative(repositoryRoot, script)} failed`)
  console.log(`ran ${relative(repositoryRoot, script)}`)
}
