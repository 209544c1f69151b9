import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../../../', import.meta.url)

/** A path below the folder of data shared between projects, beside the checkout or one above it; `undefined` without it. */
export function shared(path: string): string | undefined {
  return ['../shared/', '../../shared/']
    .map((folder) => fileURLToPath(new URL(folder + path, ROOT)))
    .find((candidate) => existsSync(candidate))
}

/** Every whole document that an RFC shows the server sending. */
export function serverExamples(rfc: string): string[] {
  const file = shared(`reference/rfc/${rfc}.txt`)
  if (file === undefined) return []
  const said = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => /^ *S:(.*)$/u.exec(line)?.[1] ?? [])
    .join('\n')
  return said.match(/<\?xml[\s\S]*?<\/epp>/gu) ?? []
}

export const NO_SHARED = 'SKIPPED: ../shared is not here'
