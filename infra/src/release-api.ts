import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { surfaceOf } from './api-changes/surface.ts'
import { repositoryRoot } from './paths.ts'

// `npm run release-api`: what clients can depend on from now on is what the document of the reseller API says today.
const contracts = join(repositoryRoot, 'packages/contracts')
const document: unknown = JSON.parse(readFileSync(join(contracts, 'openapi.json'), 'utf8'))
writeFileSync(join(contracts, 'openapi-released.json'), `${JSON.stringify(surfaceOf(document))}\n`)
console.log(
  'Wrote packages/contracts/openapi-released.json. Name the version and the day in docs/changelog.md.',
)
