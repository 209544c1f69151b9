import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../../../', import.meta.url)

/** A path below the folder of shared data, beside the checkout or one level above; `undefined` without that folder. */
export function shared(path: string): string | undefined {
  return ['../shared/', '../../shared/']
    .map((folder) => fileURLToPath(new URL(folder + path, ROOT)))
    .find((candidate) => existsSync(candidate))
}

/** Every complete server document in the examples of an RFC. */
export function serverExamples(rfc: string): string[] {
  return examples(rfc, 'S')
}

/** Every complete client document in the examples of an RFC. */
export function clientExamples(rfc: string): string[] {
  return examples(rfc, 'C')
}

function examples(rfc: string, side: 'C' | 'S'): string[] {
  const file = shared(`reference/rfc/${rfc}.txt`)
  if (file === undefined) return []
  const said = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trimStart().startsWith(`${side}:`))
    .map((line) => line.trimStart().slice(2))
    .join('\n')
  return said.match(/<\?xml[\s\S]*?<\/epp>/gu) ?? []
}

export const NO_SHARED = 'SKIPPED: ../shared is not here'
