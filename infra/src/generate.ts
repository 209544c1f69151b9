import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { generatedFiles } from './generate/files.ts'
import { repositoryRoot } from './paths.ts'

// `npm run generate`: writes every committed file that is derived from something else.
for (const { path, text } of await generatedFiles()) {
  writeFileSync(path, text)
  console.log(`wrote ${relative(repositoryRoot, path)}`)
}
